/** Where recordings are made: two network namespaces with a veth pair between them, or the loopback interface. */
import { execFileSync } from 'node:child_process';
import type { Places } from './scenario.ts';

export interface Network {
  readonly kind: 'veth' | 'loopback';
  readonly places: Places;
  /** The interface on the client's side, which tcpdump listens on. */
  readonly interfaceName: string;
  /** Bytes that hold the longest packet of that interface. */
  readonly snapLength: number;
  /** What to write before a command to run it on that side. */
  readonly clientPrefix: readonly string[];
  readonly devicePrefix: readonly string[];
  close(): void;
}

const DEVICE = { namespace: 'dvr-device', link: 'dvr0', address: '192.0.2.10', mac: '00:12:00:00:02:0a' };
const CLIENT = { namespace: 'dvr-client', link: 'cms0', address: '192.0.2.20', mac: '02:00:00:00:02:14' };
const PORTS = { port: 34567, discoveryPort: 34569 };

function ip(...parameters: readonly string[]): void {
  execFileSync('ip', parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/**
 * Turns the checksum offload of an interface off, so that the recorded checksums are those of the wire. `ethtool -K`
 * would do the same; perl is in every Debian, ethtool is not. 0x17 is ETHTOOL_STXCSUM, 0x8946 SIOCETHTOOL.
 */
const CHECKSUMS_ON =
  'socket(S,2,2,0); my $v=pack("LL",0x17,0); ioctl(S,0x8946,pack("a16P",$ARGV[0],$v)) or die "$!\\n"';

/** Segments as small as the MTU wants them: without this the kernel hands tcpdump 64 KiB at a time. */
function plug(side: typeof DEVICE): void {
  const inside = ['-n', side.namespace];
  ip(...inside, 'link', 'set', side.link, 'address', side.mac, 'mtu', '1500', 'gso_max_segs', '1');
  ip(...inside, 'addr', 'add', `${side.address}/24`, 'dev', side.link);
  ip(...inside, 'link', 'set', 'lo', 'up');
  ip(...inside, 'link', 'set', side.link, 'up');
  ip(...inside, 'route', 'add', 'default', 'dev', side.link);
  execFileSync('ip', ['netns', 'exec', side.namespace, 'perl', '-e', CHECKSUMS_ON, side.link]);
}

function openVeth(): Network {
  const close = () => {
    for (const { namespace } of [DEVICE, CLIENT]) ip('netns', 'del', namespace);
  };
  for (const { namespace } of [DEVICE, CLIENT]) ip('netns', 'add', namespace);
  try {
    const peer = ['peer', 'name', CLIENT.link, 'netns', CLIENT.namespace];
    ip('-n', DEVICE.namespace, 'link', 'add', DEVICE.link, 'type', 'veth', ...peer);
    plug(DEVICE);
    plug(CLIENT);
  } catch (error) {
    close();
    throw error;
  }
  return {
    kind: 'veth',
    places: {
      deviceAddress: DEVICE.address,
      clientAddress: CLIENT.address,
      probeAddress: '255.255.255.255',
      ...PORTS,
    },
    interfaceName: CLIENT.link,
    snapLength: 2048,
    clientPrefix: ['ip', 'netns', 'exec', CLIENT.namespace],
    devicePrefix: ['ip', 'netns', 'exec', DEVICE.namespace],
    close,
  };
}

const LOOPBACK: Network = {
  kind: 'loopback',
  places: { deviceAddress: '127.0.2.10', clientAddress: '127.0.2.20', probeAddress: '127.0.2.10', ...PORTS },
  interfaceName: 'lo',
  snapLength: 131072,
  clientPrefix: [],
  devicePrefix: [],
  close: () => undefined,
};

/** A veth pair where we may make one (root), else loopback, whose segments are up to 64 KiB. */
export function openNetwork(): Network {
  return process.getuid?.() === 0 ? openVeth() : LOOPBACK;
}
