/** The address of a bucket's website, which differs by region. */
import { describe, expect, it } from 'vitest';
import { websiteLink, type WebsitePlace } from '#scripts/publish/link/website-link.js';

const PLACE: WebsitePlace = {
  bucket: 'team',
  prefix: '',
  region: 'us-east-1',
  endpoint: undefined,
  indexDocument: 'index.html',
};

describe('The link to a website', () => {
  it.each([
    ['us-east-1', 'http://team.s3-website-us-east-1.amazonaws.com/'],
    ['ap-northeast-1', 'http://team.s3-website-ap-northeast-1.amazonaws.com/'],
    ['us-gov-west-1', 'http://team.s3-website-us-gov-west-1.amazonaws.com/'],
    ['us-east-2', 'http://team.s3-website.us-east-2.amazonaws.com/'],
    ['eu-central-1', 'http://team.s3-website.eu-central-1.amazonaws.com/'],
    ['ap-southeast-5', 'http://team.s3-website.ap-southeast-5.amazonaws.com/'],
    ['us-gov-east-1', 'http://team.s3-website.us-gov-east-1.amazonaws.com/'],
    ['cn-north-1', 'http://team.s3-website.cn-north-1.amazonaws.com.cn/'],
  ])('in %s is %s', (region, link) => {
    expect(websiteLink({ ...PLACE, region })).toBe(link);
  });

  it.each([
    ['http://127.0.0.1:7480', 'http://team.s3-website.localhost:7480/'],
    ['http://localhost:7480', 'http://team.s3-website.localhost:7480/'],
    ['http://[::1]:7480', 'http://team.s3-website.localhost:7480/'],
    ['http://s3.localhost:7480', 'http://team.s3-website.localhost:7480/'],
    ['https://s3.storage.example', 'http://team.s3-website.storage.example/'],
    ['http://storage.example:9000', 'http://team.s3-website.storage.example:9000/'],
    ['https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com', 'http://team.s3-website-us-east-1.amazonaws.com/'],
  ])('by the endpoint %s is %s', (endpoint, link) => {
    expect(websiteLink({ ...PLACE, endpoint: new URL(endpoint) })).toBe(link);
  });

  it('names the folder, each part of it encoded', () => {
    const link = websiteLink({ ...PLACE, prefix: 'a team/für #1?/' });
    expect(link).toBe('http://team.s3-website-us-east-1.amazonaws.com/a%20team/f%C3%BCr%20%231%3F/');
  });

  it.each(['home.html', undefined])('names the page where the website shows %s for a folder', (indexDocument) => {
    const link = websiteLink({ ...PLACE, prefix: 'a/', indexDocument });
    expect(link).toBe('http://team.s3-website-us-east-1.amazonaws.com/a/index.html');
  });
});
