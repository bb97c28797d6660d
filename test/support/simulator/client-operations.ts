/** What clients ask of media (specification 5.5 to 5.7): the value under the operation's name. */
import type { JsonObject } from './body-text.ts';

export function monitorOperation(action: string, channel: number, streamType: string): JsonObject {
  const parameter = { Channel: channel, CombinMode: 'NONE', StreamType: streamType, TransMode: 'TCP' };
  return { Action: action, Parameter: parameter };
}

export function playOperation(action: string, fileName: string): JsonObject {
  return {
    Action: action,
    EndTime: '2024-02-29 10:23:30',
    Parameter: { FileName: fileName, PlayMode: 'ByName', StreamType: 0, TransMode: 'TCP', Value: 0 },
    StartTime: '2024-02-29 10:08:41',
  };
}

export function talkOperation(action: string, bitRate: number, sampleRate: number): JsonObject {
  const audioFormat = { BitRate: bitRate, EncodeType: 'G711_ALAW', SampleBit: 8, SampleRate: sampleRate };
  return { Action: action, AudioFormat: audioFormat };
}
