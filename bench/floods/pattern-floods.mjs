import { almostMatching } from './body-floods.mjs';

/** @typedef {import('./segments.mjs').Flood} Flood */

const SET = Array.from({ length: 800 }, (_, i) => `"m${i}"`).join(', ');

/**
 * Filters that explode in engines that go back, or that are as large as is allowed; each is asked of large bodies. None ends in
 * a character that must be there, or a look for that would be all that is done.
 */
export const PATTERNS = {
  'matches (a+)+[x-z]': 'dvrip.body matches "(a+)+[x-z]"',
  'matches (.*a){12}[x-z]': 'dvrip.body matches "(.*a){12}[x-z]"',
  'matches (a|aa)+[x-z]': 'dvrip.body matches "(a|aa)+[x-z]"',
  'matches (a?){60}a{60}[x-z]': 'dvrip.body matches "(a?){60}a{60}[x-z]"',
  'matches (?i)[^x]*[^y]*[^z]*[x-z]': 'dvrip.body matches "(?i)[^x]*[^y]*[^z]*[x-z]"',
  contains: `dvrip.body contains "${'a'.repeat(40)}"`,
  'a set of 800, twice': `dvrip.name in {${SET}} or not dvrip.name in {${SET}}`,
  'not not not …': `${'not '.repeat(180)}dvrip.media`,
};

/** @type {Readonly<Record<string, Flood>>} */
export const PATTERN_FLOODS = Object.fromEntries(
  Object.keys(PATTERNS).map((name) => [`-Y: ${name}`, almostMatching]),
);
