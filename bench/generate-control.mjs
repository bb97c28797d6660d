import { pathToFileURL } from 'node:url';
import { CaptureWriter } from './capture-writer.mjs';
import { CONTROL_MIX, login } from './control-bodies.mjs';
import { controlMessage, DVRIP_PORT } from './dvrip-message.mjs';
import { TcpConnection } from './tcp-connection.mjs';

const START_MICROS = Date.UTC(2026, 0, 15, 8) * 1000;
const FLOWS = 100;
/** Every millisecond another flow asks; its answer comes behind the questions of the next two. */
const TURN_MICROS = 1000;
const ANSWER_TURNS = 3;

/**
 * Control traffic only: 100 logged-in sockets that ask and command in turn, one message a segment, each acknowledged by
 * the segment that answers it.
 * @param {string} path @param {number} messages even; requests and replies together
 * @returns {import('./captures.mjs').Contents}
 */
export function generateControl(path, messages = 200_000) {
  const writer = new CaptureWriter(path);
  const exchanges = messages / 2;
  const flows = Array.from({ length: Math.min(FLOWS, exchanges) }, (_, index) => openFlow(writer, index));
  for (const [index, { connection }] of flows.entries()) connection.open(START_MICROS + index * TURN_MICROS);

  const begin = START_MICROS + 1e6;
  /** @type {((micros: number) => void)[]} */
  const unanswered = [];
  for (let turn = 0; turn < exchanges; turn++) {
    const micros = begin + turn * TURN_MICROS;
    if (unanswered.length === ANSWER_TURNS) unanswered.shift()?.(micros);
    const ask = flows[turn % flows.length]?.ask;
    if (ask) unanswered.push(ask(turn, micros + TURN_MICROS / 2));
  }
  for (const [index, answer] of unanswered.entries()) answer(begin + (exchanges + index) * TURN_MICROS);
  writer.close();
  return {
    bytes: writer.bytes,
    packets: writer.packets,
    flows: flows.length,
    messages: { total: messages, control: messages, media: 0 },
  };
}

/** @param {CaptureWriter} writer @param {number} index */
function openFlow(writer, index) {
  const sessionId = 0x100 + index;
  const client = { mac: [2, 0, 0, 0, 0, 1], ip: [10, 20, 0, 2], port: 50_000 + index };
  const device = { mac: [2, 0, 0, 0, 1, index], ip: [10, 20, 1, 1 + index], port: DVRIP_PORT };
  const connection = new TcpConnection(writer, client, device);
  let count = 0;
  return {
    connection,
    /** Sends a request, and returns what sends its reply. @param {number} turn @param {number} micros */
    ask(turn, micros) {
      // The flow's number shifts the mix, so that unlike messages stand side by side in the capture.
      const make = CONTROL_MIX[(count + index) % CONTROL_MIX.length];
      const exchange = count === 0 || make === undefined ? login(sessionId) : make(sessionId, turn);
      const sequence = count++;
      const request = controlMessage(
        'client',
        count === 1 ? 0 : sessionId,
        sequence,
        exchange.id,
        exchange.request,
      );
      connection.send('client', micros, request, 0, request.length);
      return (/** @type {number} */ answerMicros) => {
        const reply = controlMessage('server', sessionId, sequence, exchange.id + 1, exchange.reply);
        connection.send('server', answerMicros, reply, 0, reply.length);
      };
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [path = 'control.pcap', messages = '200000'] = process.argv.slice(2);
  console.log(JSON.stringify(generateControl(path, Number(messages))));
}
