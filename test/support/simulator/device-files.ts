/** What the device does about whole files: configuration and log, out and in (specification 5.17, field notes 7.8). */
import type { Answer, Call } from './device-answers.ts';
import type { StreamKind } from './stream-log.ts';
import { ID } from './wire.ts';

const NOT_SUPPORTED = 102;
const BAD_CONFIGURATION = 601;

/** Answers with the file as it is, without trailer; with JSON where there is none. */
export function sendFile(
  { device, connection, message }: Call,
  file: Buffer,
  kind: StreamKind,
  channel?: number,
): void {
  const reply = { ...message, id: message.id + 1, version: device.version, body: file };
  const index = connection.send(reply, connection.answering(message));
  const stream = connection.flow.stream({ kind, ...(channel === undefined ? {} : { channel }) });
  stream.message(index);
  stream.file(file);
}

function exportFile(call: Call, file: Buffer | undefined, kind: StreamKind): void {
  if (file === undefined) call.device.reply(call, { Name: '', Ret: NOT_SUPPORTED });
  else sendFile(call, file, kind);
}

/** Takes what begins as a zip archive does: local file header, "PK" 3 4. */
function importConfiguration(call: Call): void {
  const { body } = call.message;
  const isArchive = body.length > 4 && body.readUInt32BE(0) === 0x504b0304;
  call.device.reply(call, { Name: '', Ret: isArchive ? 100 : BAD_CONFIGURATION });
}

export const FILE_ANSWERS: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [ID.configImport, importConfiguration],
  [
    ID.configExport,
    (call) => exportFile(call, call.device.options.configurationArchive, 'configuration-export'),
  ],
  [
    ID.logExport,
    (call) => {
      const { logText } = call.device.options;
      exportFile(call, logText === undefined ? undefined : Buffer.from(logText), 'log-export');
    },
  ],
]);
