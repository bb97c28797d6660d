/** What the help of each command starts with; `dvrscope` is that of the program. */
const EXAMPLES = {
  dvrscope: [
    ['dvrscope field.pcapng', 'one page: quality, flows, messages, media, findings'],
    ["dvrscope messages field.pcapng -Y 'dvrip.ret != 100'", 'what was refused'],
    ['dvrscope show field.pcapng 12', 'message 12 whole: header, body, findings, hex'],
    ['dvrscope follow field.pcapng --flow 1', 'what both ends of flow 1 said'],
    ['dvrscope sessions field.pcapng', 'who logged in, and what streams ran'],
    ['dvrscope flows field.pcapng --json --digest', 'flows as NDJSON, SHA-256 of each direction'],
    ['tcpdump -i eth0 -w - | dvrscope messages -', 'from a pipe'],
  ],
  summary: [
    ['dvrscope summary field.pcapng', 'one page for people'],
    ['dvrscope summary monday.pcap tuesday.pcap.gz --json', 'several files as one capture, for programs'],
  ],
  flows: [
    ['dvrscope flows field.pcapng', 'who spoke with whom, and what was lost on the way'],
    ['dvrscope flows field.pcapng --json --digest', 'NDJSON, with the SHA-256 of each direction'],
  ],
  sessions: [
    ['dvrscope sessions field.pcapng', 'who logged in, how it went, what streams ran'],
    ['dvrscope sessions field.pcapng --ladder 1', 'session 1 message by message, a column for each socket'],
    ['dvrscope sessions field.pcapng --ladder 1 --svg > session.svg', 'the same as a drawing'],
  ],
  messages: [
    ["dvrscope messages field.pcapng -Y 'not dvrip.media'", 'without media'],
    [
      `dvrscope messages field.pcapng -Y 'dvrip.name contains "LOGIN"' --body`,
      'the logins, with their bodies',
    ],
    ['dvrscope messages field.pcapng --fields frame.number,dvrip.msgid,dvrip.ret', 'as tab-separated values'],
    ['dvrscope messages field.pcapng -d tcp.port==40000,dvrip', 'DVRIP on another port'],
  ],
  show: [['dvrscope show field.pcapng 12', 'message 12, as `dvrscope messages` numbers them']],
  follow: [
    ['dvrscope follow field.pcapng --flow 1', 'as text, secrets replaced'],
    ['dvrscope follow field.pcapng --flow 2 --from server --raw > stream.bin', 'the bytes of one direction'],
  ],
  extract: [
    ['dvrscope extract field.pcapng -o media', 'every stream as a file that players open, and a manifest'],
    ['dvrscope extract field.pcapng -o media --force', 'replace what an earlier extraction wrote'],
  ],
  explain: [
    ['dvrscope explain 1412', 'a message by its id; by its name too: monitor_data'],
    ['dvrscope explain OPMonitor', 'an object: its fields and an example'],
    ['dvrscope explain 205', 'a return code'],
    ['dvrscope explain framing/skipped-bytes', 'a finding'],
  ],
  schema: [['dvrscope schema -o schemas', 'one JSON Schema (2020-12) for each message, object and output']],
} as const satisfies Readonly<Record<string, readonly (readonly [line: string, does: string])[]>>;

export function examples(of: keyof typeof EXAMPLES): string {
  const list: readonly (readonly [string, string])[] = EXAMPLES[of];
  const width = Math.max(...list.map(([line]) => line.length));
  return `Examples:\n${list.map(([line, does]) => `  ${line.padEnd(width)}  ${does}`).join('\n')}\n`;
}
