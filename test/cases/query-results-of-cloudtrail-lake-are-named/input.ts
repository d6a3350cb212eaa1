const folder = 'AWSLogs/111111111111/CloudTrail-Lake/Query/2025/03/03/a-b';

export default {
  [`${folder}/result_1.csv.gz`]: 'eventID,eventTime,eventName\nx,2025-03-03 00:00:01.000,RunInstances\n',
  [`${folder}/result_sign.json`]: '{"region":"us-east-1","files":[]}',
};
