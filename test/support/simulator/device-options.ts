/** What a simulated device is told to be and to do. */
import type { Hook } from './connection.ts';
import type { Footage } from './media-source.ts';

export interface ScriptedAlarm {
  readonly afterMilliseconds: number;
  readonly channel: number;
  readonly event: string;
  readonly status: 'Start' | 'Stop';
}

export interface DeviceOptions {
  /** Address to listen on, an IP address. */
  readonly host: string;
  /** TCP port; 0 takes a free one. */
  readonly port?: number;
  /** UDP port for discovery; without it the device is not to be found. */
  readonly discoveryPort?: number;
  /** Passwords in the clear by user name. */
  readonly users?: Readonly<Record<string, string>>;
  readonly channels?: number;
  readonly deviceType?: string;
  readonly aliveInterval?: number;
  readonly firstSessionId?: number;
  /** Every login is given the lowest session id that is free; without it, ids count on. */
  readonly reusesIds?: boolean;
  /** Ends sessions whose control socket was silent for one and a half keepalive intervals. */
  readonly dropsSilent?: boolean;
  /** `spec` numbers login, logout and keepalive as the table of §6.2.1 does and counts media from 1. */
  readonly dialect?: 'field' | 'spec';
  readonly footage?: Footage;
  readonly snapshot?: Buffer;
  /** What 1542 and 1544 are answered with. */
  readonly configurationArchive?: Buffer;
  readonly logText?: string;
  /** See Pace: 1 is real time. */
  readonly slowness?: number;
  /** Names whose reply is cut into pieces (Total/Cur packet) of at most `pieceBytes`. */
  readonly splitNames?: readonly string[];
  readonly pieceBytes?: number;
  /** Alarms that follow a guard request. */
  readonly alarms?: readonly ScriptedAlarm[];
  /** Ends every session from the device's side so long after its login. */
  readonly forceLogoutAfterMilliseconds?: number;
  readonly hook?: Hook;
}
