import { parse } from 'pcap-parser';

// The least a program on the pcap-parser package can do: read every packet and count it.
const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: node pcap-parser-loop.mjs FILE');
  process.exit(2);
}
let packets = 0;
const parser = parse(path);
parser.on('packet', () => {
  packets++;
});
parser.on('error', (/** @type {Error} */ error) => {
  console.error(error.message);
  process.exitCode = 1;
});
parser.on('end', () => console.log(packets));
