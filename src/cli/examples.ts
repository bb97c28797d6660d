type Example = readonly [line: string, does: string];

/** What the help of each command starts with; `dvrscope` is that of the program. */
const EXAMPLES = {
  dvrscope: [
    ['dvrscope field.pcapng', 'the dashboard on a terminal; else one page for people'],
    ["dvrscope messages field.pcapng -Y 'dvrip.ret != 100'", 'what was refused'],
    ['dvrscope show field.pcapng 12', 'message 12 whole: header, body, findings, hex'],
    ['dvrscope follow field.pcapng --flow 1', 'what both ends of flow 1 said'],
    ['dvrscope sessions field.pcapng', 'who logged in, and what streams ran'],
    ['dvrscope check field.pcapng', 'what breaks the specification'],
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
  check: [
    ['dvrscope check field.pcapng', 'what breaks the specification, the worst first'],
    [
      'dvrscope check field.pcapng -o check.xml -o check.sarif',
      'JUnit and SARIF as files, text on the screen',
    ],
    ['dvrscope check field.pcapng --fail-on warning --require-complete', 'as a gate in CI'],
    ['dvrscope check field.pcapng --write-baseline known.json', 'take what is found for known'],
    ['dvrscope check field.pcapng --baseline known.json', 'only what is new fails'],
    ['dvrscope check field.pcapng --expect expected.yaml', 'a capture as a regression test'],
  ],
  extract: [
    ['dvrscope extract field.pcapng -o media', 'every stream as a file that players open, and a manifest'],
    ['dvrscope extract field.pcapng -o media --force', 'replace what an earlier extraction wrote'],
  ],
  rules: [
    ['dvrscope rules', 'every rule: id, severity, section, duty'],
    ['dvrscope rules keepalive login --json', 'those of two areas, for programs'],
  ],
  explain: [
    ['dvrscope explain 1412', 'a message by its id; by its name too: monitor_data'],
    ['dvrscope explain OPMonitor', 'an object: its fields and an example'],
    ['dvrscope explain 205', 'a return code'],
    ['dvrscope explain keepalive/in-time', 'a rule, with a conversation that breaks it'],
  ],
  live: [
    [
      'dvrscope live -i eth1',
      'messages, session and stream ends, findings, and statistics every ten seconds',
    ],
    ["dvrscope live -i eth1 -Y 'not dvrip.media'", 'without a line for each message of media'],
    ['dvrscope live -i eth1 --json -q | vector', 'NDJSON without messages, for programs'],
    [
      'dvrscope live -i eth1 -w ring/ -b filesize:100000 -b files:50',
      'keep the last 5 GB of packets in ring/',
    ],
    ['ssh camera-lan tcpdump -i eth1 -U -w - | dvrscope live -i -', 'from another machine'],
  ],
  interfaces: [
    ['dvrscope interfaces', 'what live -i may be given, with the traffic of a second'],
    ['dvrscope interfaces --json', 'NDJSON, for programs'],
  ],
  doctor: [
    ['dvrscope doctor', 'what live capture needs, and what mends what is missing'],
    [
      'dvrscope doctor -i eth1',
      'the interface too, and what comes in five seconds: is it a good mirror port?',
    ],
    ['dvrscope doctor field.pcapng', 'the usual faults of mirror ports in a capture'],
  ],
  schema: [['dvrscope schema -o schemas', 'one JSON Schema (2020-12) for each message, object and output']],
  completion: [
    ['source <(dvrscope completion bash)', 'in ~/.bashrc'],
    ['dvrscope completion zsh > ~/.zfunc/_dvrscope', 'in a folder of $fpath'],
    ['dvrscope completion fish > ~/.config/fish/completions/dvrscope.fish', 'where fish looks for it'],
  ],
} as const satisfies Readonly<Record<string, readonly Example[]>>;

/** The examples of a command, or of the program by its own name. */
export function examplesOf(topic: string): readonly Example[] {
  const all: Readonly<Record<string, readonly Example[]>> = EXAMPLES;
  return all[topic] ?? [];
}

/** The same as help begins with them. */
export function examples(of: keyof typeof EXAMPLES): string {
  const list = examplesOf(of);
  const width = Math.max(...list.map(([line]) => line.length));
  return `Examples:\n${list.map(([line, does]) => `  ${line.padEnd(width)}  ${does}`).join('\n')}\n`;
}
