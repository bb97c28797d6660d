import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactUri } from '../../../src/report/check/artifact-uri.ts';
import { logText } from '../../../src/report/check/log-text.ts';
import { wrapLine } from '../../../src/report/check/wrap.ts';
import { cellWidth } from '../../../src/report/format/cell-width.ts';

describe('wrapping', () => {
  it('breaks at blanks, counts cells, and breaks what has no blanks', () => {
    expect(wrapLine('the client was silent', 11)).toEqual(['the client', 'was silent']);
    expect(wrapLine('摄像机 abc', 6)).toEqual(['摄像机', 'abc']);
    expect(wrapLine('摄像机', 5)).toEqual(['摄像', '机']);
    expect(wrapLine('ab cdefghij k', 4)).toEqual(['ab', 'cdef', 'ghij', 'k']);
    expect(wrapLine('', 4)).toEqual(['']);
  });

  it('loses nothing but blanks and fits the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapLine(text.replaceAll(/[^ -~]/g, '?'), width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(/[^ -~]/g, '?').replaceAll(' ', ''));
        for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('text for a log', () => {
  it.each([
    ['2001:db8::1 speaks', '2001:db8::1 speaks'],
    ['a ::error::b', 'a \\x3a:error\\x3a:b'],
    ['\u00a0::warning::b', '\u00a0\\x3a:warning\\x3a:b'],
    ['x##[group]y', 'x\\x23#[group]y'],
  ])('%s', (given, shown) => {
    expect(logText(given)).toBe(shown);
  });
});

describe('the URI of an artifact', () => {
  it.each([
    ['lab/first.pcapng', 'lab/first.pcapng'],
    ['../a b/ü#1?.pcap', '../a%20b/%C3%BC%231%3F.pcap'],
    ['/srv/lab/x.pcap', 'file:///srv/lab/x.pcap'],
    ['//host/x.pcap', 'file:///host/x.pcap'],
    ['c:x.pcap', 'c%3Ax.pcap'],
    ['C:\\lab\\x y.pcap', 'file:///C:/lab/x%20y.pcap'],
    ['http://evil.example/', 'http%3A//evil.example/'],
    ['\ud800\u202e\n', '%EF%BF%BD%E2%80%AE%0A'],
    ['-', 'standard-input'],
  ])('of %j is %s', (path, uri) => {
    expect(artifactUri(path)).toBe(uri);
  });
});
