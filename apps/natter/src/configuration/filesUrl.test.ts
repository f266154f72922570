import { describe, expect, it } from 'vitest';
import { originOfReads, readFilesUrl } from './filesUrl.ts';

const read = (text: string) => {
  const reading = readFilesUrl(text);
  return 'value' in reading ? reading.value : reading.problem;
};

describe('the address of a bucket', () => {
  it('at Amazon needs a region, from the host or said, and no endpoint', () => {
    const expected = { bucket: 'chat', prefix: '', reads: 'through', region: 'eu-central-1' };
    expect(read('s3://s3.eu-central-1.amazonaws.com/chat')).toEqual(expected);
    expect(read('s3://s3.amazonaws.com/chat?region=eu-central-1')).toEqual(expected);
    expect(read('s3://s3.amazonaws.com/chat')).toMatch(/which region/);
  });

  it('elsewhere is an endpoint, with key, secret, port and prefix', () => {
    expect(read('s3://me:a%2Fb%2Bc@127.0.0.1:9000/chat/files/2026?tls=no')).toEqual({
      bucket: 'chat',
      prefix: 'files/2026/',
      reads: 'through',
      endpoint: 'http://127.0.0.1:9000',
      credentials: { accessKeyId: 'me', secretAccessKey: 'a/b+c' },
    });
    expect(read('s3://files.example.com/chat')).toMatchObject({
      endpoint: 'https://files.example.com',
    });
  });

  it('says whether people read by signed links, and where', () => {
    const text = 's3://store:9000/chat?tls=no&reads=signed&publicUrl=https://files.example.com/';
    expect(read(text)).toMatchObject({
      reads: 'signed',
      endpoint: 'http://store:9000',
      publicEndpoint: 'https://files.example.com',
    });
  });

  it('tells from where browsers read, which is here unless links are signed', () => {
    const origin = (text: string) => {
      const reading = readFilesUrl(text);
      return 'value' in reading ? originOfReads(reading.value) : reading.problem;
    };
    expect(originOfReads(null)).toBeNull();
    expect(origin('s3://store/chat')).toBeNull();
    expect(origin('s3://store/chat?reads=signed')).toBe('https://store');
    expect(origin('s3://s3.eu-central-1.amazonaws.com/chat?reads=signed')).toBe(
      'https://chat.s3.eu-central-1.amazonaws.com',
    );
  });

  it.each([
    ['https://s3.example.com/chat', /must be the address of a bucket/],
    ['s3://s3.example.com/', /must be the address of a bucket/],
    ['s3:chat', /must be the address of a bucket/],
    ['chat', /must be the address of a bucket/],
    ['s3://key@s3.example.com/chat', /both key and secret/],
    ['s3://s3.example.com/chat?regoin=x', /says regoin/],
    ['s3://s3.example.com/chat?tls=maybe', /tls=yes or tls=no/],
    ['s3://s3.example.com/chat?reads=public', /reads=through or reads=signed/],
    ['s3://s3.example.com/chat?publicUrl=files', /publicUrl=https/],
    ['s3://k%:s@s3.example.com/chat', /percent/],
  ])('that is wrong is answered with what to do: %s', (text, problem) => {
    expect(read(text)).toMatch(problem);
  });
});
