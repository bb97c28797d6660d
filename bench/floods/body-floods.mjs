import { message, repeated, sendAll } from './segments.mjs';

/** @typedef {import('./segments.mjs').Flood} Flood */

const MEGABYTE = 1e6;
/** What `live` still reads: it has less memory for one body (src/analysis/memory-ceiling.ts). */
const LIVE_BODY = 250_000;

/** Messages with this body, `n` times 100 bytes in all. @param {string | Buffer} body about a megabyte @returns {Flood} */
function bodies(body) {
  return (writer, n) => {
    const times = Math.max(1, Math.round((n * 100) / body.length));
    sendAll(
      writer,
      Buffer.concat(Array.from({ length: times }, (_, sequence) => message(1040, body, { sequence }))),
    );
  };
}

/** Arrays in arrays, as deep as may be. @param {number} length */
function nested(length) {
  return `{"a":[${repeated(`${'['.repeat(250)}${']'.repeat(250)},`, length)}1]}`;
}

/** Very many values, each of which is looked at. @param {number} length */
function values(length) {
  return `{"Name":"OPMonitor","OPMonitor":[${repeated('{"a":1},', length)}{}]}`;
}

/** A megabyte of what `make` answers for 0, 1, 2 …, between braces. @param {(i: number) => string} make */
function members(make) {
  const all = [];
  for (let i = 0, length = 0; length < MEGABYTE; i++) {
    const member = make(i);
    length += member.length + 1;
    all.push(member);
  }
  return `{${all.join(',')}}`;
}

/** Of a text in GB18030 each place is found by reading it from its beginning. */
const CHINESE = Buffer.concat([
  Buffer.from('{"Name":"'),
  Buffer.from(repeated('\xc4\xe3', MEGABYTE), 'latin1'),
  Buffer.from(`"${repeated(',', 100)}"a":1}`),
]);

/** @type {Readonly<Record<string, Flood>>} */
export const BODY_FLOODS = {
  'JSON: brackets': bodies(repeated('[', MEGABYTE)),
  'JSON: brackets, as deep as may be': bodies(nested(MEGABYTE)),
  'JSON: brackets, in smaller bodies': bodies(nested(LIVE_BODY)),
  'JSON: commas': bodies(`{${repeated(',', MEGABYTE)}}`),
  'JSON: one key over and over': bodies(`{${repeated('"Name":1,', MEGABYTE)}`),
  'JSON: other keys each time': bodies(members((i) => `"k${i}":1`)),
  'JSON: numbers for keys, of one bucket': bodies(members((i) => `"${5 + i * 2 ** 17}":1`)),
  'JSON: __proto__': bodies(members(() => '"__proto__":{"a":1}')),
  'JSON: quotes': bodies(`{"a":"${repeated('"\\', MEGABYTE)}`),
  'JSON: escapes': bodies(`{"a":"${repeated('\\u0041', MEGABYTE)}`),
  'JSON: digits': bodies(`{"a":${repeated('9', MEGABYTE)}}`),
  'JSON: comments': bodies(`{${repeated('/*', MEGABYTE)}`),
  'JSON: blanks': bodies(`{"a"${repeated(' \t', MEGABYTE)}:1}`),
  'JSON: many values': bodies(values(MEGABYTE)),
  'JSON: many values, in smaller bodies': bodies(values(LIVE_BODY)),
  'JSON: wrong values': bodies(`{"Name":["General"],"General":[${repeated('{"LocalNo":"x"},', 9e5)}{}]}`),
  'text in GB18030': bodies(CHINESE),
  'base64 that is no envelope': bodies(repeated('QUJD', MEGABYTE)),
};

/** Bodies in which nearly every place could be the beginning of a match; as long as what `matches` looks at. */
export const almostMatching = bodies(`{"Name":"${repeated('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', 60_000)}"}`);
