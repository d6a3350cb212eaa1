/** Each of these lacks what the report needs, and is told by its shape. */
export default {
  'event-history.csv':
    'Event name,Event time,User name,Event source,Event ID\nTerminateInstances,"March 03, 2025, 00:00:01 (UTC+00:00)",alice,ec2.amazonaws.com,e\n',
  'athena.csv': '"eventversion","useridentity","eventtime","eventname"\n"1.08","{type=IAMUser}","2025-03-03T00:00:01Z","X"\n',
  'athena-unload.gz': '{"eventversion":"1.08","useridentity":{"type":"IAMUser"},"eventtime":"2025-03-03T00:00:01Z"}\n',
  'lake.csv': 'eventID,eventTime,eventName\nx,2025-03-03 00:00:01.000,RunInstances\n',
  'lake.json': '{"QueryStatus":"FINISHED","QueryResultRows":[[{"eventTime":"2025-03-03 00:00:01.000"},{"eventName":"X"}]]}',
  'ocsf.json': '{"metadata":{"product":{"name":"CloudTrail"},"uid":"u"},"class_uid":6003,"api":{"operation":"X"},"time":1}',
  'splunk.json': '{"preview":false,"result":{"_time":"t","sourcetype":"aws:cloudtrail","eventName":"X"}}',
  'elastic.json': '{"hits":{"hits":[{"_source":{"event":{"action":"X"}}}]}}',
  'insights.json': '{"results":[[{"field":"eventName","value":"X"},{"field":"@ptr","value":"p"}]],"status":"Complete"}',
  'lookup.json': '[{"EventId":"e","EventName":"X","EventTime":1740960001}]',
  'prices.csv': 'sku,price\nA,1\nB,2\n',
  'page.json': '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
  'notes.json': 'see the other folder\n',
  'load-balancer.gz': 'h2 2025-03-03T00:00:01Z app/x 192.0.2.1:1 "GET https://example.com:443/ HTTP/1.1" "curl" - -\n',
};
