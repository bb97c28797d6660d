/** What somebody may put into a name, a key or a value to get out of the place where an output shows it. */
export const HOSTILE: readonly (readonly [kind: string, text: string])[] = [
  ['terminal escapes', '\x1b[2J\x1b]0;owned\x07\x1b]8;;http://evil.example\x1b\\'],
  ['C1 controls', '\u0090q\u009b31m\u009d0;owned\u009c'],
  ['control characters', '\b\x7f\r\v\f\nnew line\ttab'],
  ['NUL', 'before\0after'],
  ['bidi overrides', '\u202egnp.exe\u2066\u2069\u200f\u061c'],
  ['invisible characters', '\u200b\u2028\u2029\ufeff\u2060\u{e0041}\u{e007f}\u00ad'],
  ['lone surrogates', '\ud800 alone, \udfff too'],
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['XML', ']]></failure></testcase><!-- <![CDATA[ &nope; &#0; "\''],
  ['SVG', '</text><script href="http://evil.example/x.js"/><text onload="alert(1)">'],
  ['Markdown', '| a | ![x](http://evil.example/x.png) [y](javascript:alert(1)) `` ` # **b** @all'],
  ['a CI command', '::error file=x::gotcha ##[add-mask]x ::set-env name=x::y'],
  ['a formula', '=HYPERLINK("http://evil.example","x")'],
  ['another formula', "@SUM(1+1)*cmd|' /C calc'!A0"],
  ['a URI', 'file://host/%2e%2e/%00?x=y#z'],
  ['path traversal', '../../../../tmp/owned'],
  ['an absolute path', '/etc/cron.d/owned'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['a long string', 'x'.repeat(100_000)],
  ['a format string', `{0} %s %n $\{{ github.actor }} $(id) \`id\``],
];

export const STRINGS: readonly string[] = HOSTILE.map(([, text]) => text);
