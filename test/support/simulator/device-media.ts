/** What the device does about live video, playback, download, talk, upgrade and snapshots. */
import { jsonAt, numberAt, sessionText, textAt } from './body-text.ts';
import type { Connection } from './connection.ts';
import type { Session } from './device.ts';
import type { Answer, Call } from './device-answers.ts';
import { sendFile } from './device-files.ts';
import { MediaSender } from './media-sender.ts';
import { playFootage, playTone } from './pacing.ts';
import type { StreamKind } from './stream-log.ts';
import { ID } from './wire.ts';

const ILLEGAL = 103;
const TALK_ALREADY_OPEN = 503;
const TALK_NOT_OPEN = 504;
const UPGRADE_RUNNING = 511;
const UPGRADE_NOT_STARTED = 512;
const UPGRADE_DONE = 515;

const RECORDED_AT = new Date('2024-02-29T10:08:41Z');

/** A claim binds the socket it comes on to the session and to one kind of media. */
function claim(name: string, sequenceStep = 0): Answer {
  return (call) => {
    const { connection, session, message } = call;
    session?.claims.set(message.id, connection);
    call.device.reply(call, { Name: name }, { sequenceStep });
  };
}

function openSender(call: Call, id: number, to: Connection, kind: StreamKind): MediaSender {
  const { device, session, body } = call;
  const operation = textAt(body, 'Name');
  const channel = numberAt(body, operation, 'Parameter', 'Channel');
  const streamType = jsonAt(body, operation, 'Parameter', 'StreamType');
  return new MediaSender(to, {
    id,
    version: device.version,
    sessionId: session?.id ?? 0,
    channel,
    octet2: String(streamType).startsWith('Extra') ? 1 : 0,
    firstSequence: device.firstMediaSequence,
    about: { kind, channel, ...(streamType === undefined ? {} : { streamType: String(streamType) }) },
  });
}

function monitor(call: Call): void {
  const { device, session, body } = call;
  const action = textAt(body, 'OPMonitor', 'Action');
  const target = session?.claims.get(ID.monitorClaim);
  const style = { sequenceStep: 1 };
  if (action === 'Request' && session !== undefined) {
    device.reply(call, { Name: 'OPMonitor' }, style);
    const operation = { Action: 'Claim', Parameter: jsonAt(body, 'OPMonitor', 'Parameter') ?? {} };
    void device.claimTowards(session, ID.monitorClaim, { Name: 'OPMonitor', OPMonitor: operation });
    return;
  }
  if (session === undefined || target === undefined) {
    device.reply(call, { Name: 'OPMonitor', Ret: ILLEGAL }, style);
    return;
  }
  if (action === 'Start') {
    device.reply(call, { Name: 'OPMonitor' }, style);
    const sender = openSender(call, ID.monitorData, target, 'monitor');
    const { footage, pace } = device;
    const startTime = new Date();
    session.streams.set(
      'monitor',
      playFootage({ sender, footage, withAudio: true, endless: true, pace, startTime }),
    );
    return;
  }
  const stream = session.streams.get('monitor');
  if (action === 'Stop') stream?.stop();
  device.reply(call, { Name: 'OPMonitor', Ret: stream === undefined ? ILLEGAL : 100 }, style);
}

function playBack(call: Call): void {
  const { device, session, body } = call;
  const action = textAt(body, 'OPPlayBack', 'Action');
  const target = session?.claims.get(ID.playClaim);
  const wanted = session !== undefined && target !== undefined;
  device.reply(call, { Name: 'OPPlayBack', Ret: wanted ? 100 : ILLEGAL });
  if (!wanted) return;
  const download = action === 'DownloadStart';
  if (action !== 'Start' && !download) {
    session.streams.get('play')?.stop();
    return;
  }
  const sender = download
    ? openSender(call, ID.downloadData, target, 'download')
    : openSender(call, ID.playData, target, 'playback');
  const pace = download ? { slowness: 0 } : device.pace;
  const { footage } = device;
  const stream = playFootage({
    sender,
    footage,
    withAudio: true,
    endless: false,
    pace,
    startTime: RECORDED_AT,
  });
  session.streams.set('play', stream);
  void stream.done.then(() => sender.end());
}

/** One talk at a time for the whole device (specification 4.11.1). */
function talk(call: Call): void {
  const { device, session, body } = call;
  const action = textAt(body, 'OPTalk', 'Action');
  const target = session?.claims.get(ID.talkClaim);
  if (session === undefined || target === undefined) {
    device.reply(call, { Name: 'OPTalk', Ret: ILLEGAL });
    return;
  }
  const running = session.streams.get('talk');
  if (action !== 'Start') {
    running?.stop();
    session.streams.delete('talk');
    device.reply(call, { Name: 'OPTalk', Ret: running === undefined ? TALK_NOT_OPEN : 100 });
    return;
  }
  if ([...device.sessions.values()].some((other) => other.streams.has('talk'))) {
    device.reply(call, { Name: 'OPTalk', Ret: TALK_ALREADY_OPEN });
    return;
  }
  device.reply(call, { Name: 'OPTalk' });
  session.streams.set('talk', playTone(openSender(call, ID.talkDown, target, 'talk'), 440, device.pace));
}

/** Start and stop of video and audio towards the device (field notes 6.6). */
function avTalk(call: Call): void {
  const claimed = call.session?.claims.has(ID.avTalkClaim) === true;
  call.device.reply(call, { Name: 'AVTalk', Ret: claimed ? 100 : ILLEGAL });
}

function upgrade(call: Call): void {
  const { device, session, message } = call;
  const busy = [...device.sessions.values()].some((other) => other.upgradeBytes !== undefined);
  if (!busy && session !== undefined) {
    session.upgradeBytes = 0;
    session.upgradeRequest = message;
  }
  device.reply(call, { Name: 'OPSystemUpgrade', Ret: busy ? UPGRADE_RUNNING : 100 });
}

function upgradeData(call: Call): void {
  const { device, session, message } = call;
  const started = session?.upgradeBytes !== undefined;
  device.reply(call, { Name: '', Ret: started ? 100 : UPGRADE_NOT_STARTED });
  if (session?.upgradeBytes === undefined) return;
  session.upgradeBytes += message.body.length;
  if (message.octet13 === 1) reportUpgrade(call, session);
}

/** Progress in steps of ten, then the verdict; nobody answers these (specification 5.15.3). */
function reportUpgrade({ device }: Call, session: Session): void {
  const stepMilliseconds = 60 * device.pace.slowness;
  for (let step = 0; step <= 11; step += 1) {
    const ret = step === 11 ? UPGRADE_DONE : step * 10;
    device.after(step * stepMilliseconds, () => {
      const fields = { Name: '', Ret: ret, SessionID: sessionText.padded(session.id) };
      const { control, upgradeRequest } = session;
      const notes = upgradeRequest === undefined ? {} : control.answering(upgradeRequest);
      device.push(session, ID.upgradeProgress, fields, notes);
      if (ret === UPGRADE_DONE) session.upgradeBytes = undefined;
    });
  }
}

function upgradeInfo(call: Call): void {
  const info = {
    Hardware: 'NBD6804T-F',
    LogoArea: { Begin: '0x00000000', End: '0x00000000' },
    Serial: '',
    Vendor: 'General',
  };
  call.device.reply(call, { Name: 'OPSystemUpgrade', OPSystemUpgrade: info }, { struct: true });
}

/** A picture comes as it is, without trailer and chunk header; JSON comes where there is none. */
function snapshot(call: Call): void {
  const { device, body } = call;
  const picture = device.options.snapshot;
  if (picture === undefined) {
    device.reply(call, { Name: 'OPSNAP', Ret: 102 });
    return;
  }
  sendFile(call, picture, 'snapshot', numberAt(body, 'OPSNAP', 'Channel'));
}

export const MEDIA_ANSWERS: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [ID.monitorClaim, claim('OPMonitor', 1)],
  [ID.monitor, monitor],
  [ID.playClaim, claim('OPPlayBack')],
  [ID.play, playBack],
  [ID.talkClaim, claim('OPTalk')],
  [ID.talk, talk],
  [ID.talkUp, () => undefined],
  [ID.avTalkClaim, claim('AVTalk')],
  [ID.avTalk, avTalk],
  [ID.avTalkData, () => undefined],
  [ID.upgrade, upgrade],
  [ID.upgradeData, upgradeData],
  [ID.upgradeInfo, upgradeInfo],
  [ID.snapshot, snapshot],
]);
