import { describe, expect, it } from 'vitest';
import { type Host, hostChecks } from '../../../src/cli/doctor/host-checks.ts';
import { backlogCheck, judgeOffloads, judgeRing } from '../../../src/cli/doctor/interface-checks.ts';
import { familyOf, installCommand, permitCommand } from '../../../src/cli/doctor/packages.ts';

const GOOD: Host = {
  version: 'v22.20.0',
  environment: { LANG: 'de_DE.UTF-8', TERM: 'xterm-256color' },
  uid: 1000,
  terminal: true,
  freeBytes: 2e9,
};

function statusOf(check: string, host: Partial<Host>): string | undefined {
  return hostChecks({ ...GOOD, ...host }).find((one) => one.check === check)?.status;
}

describe('of the machine, doctor says', () => {
  it('that Node 20 is no longer maintained', () => {
    expect(statusOf('node/version', {})).toBe('ok');
    expect(statusOf('node/version', { version: 'v20.19.0' })).toBe('note');
  });

  it('that root is not needed', () => {
    expect(statusOf('user/root', {})).toBe('ok');
    expect(statusOf('user/root', { uid: 0 })).toBe('warning');
  });

  it('which locale counts, in the order of POSIX', () => {
    expect(statusOf('terminal/locale', {})).toBe('ok');
    expect(statusOf('terminal/locale', { environment: {} })).toBe('warning');
    expect(statusOf('terminal/locale', { environment: { LC_ALL: 'C', LANG: 'C.UTF-8' } })).toBe('warning');
    expect(statusOf('terminal/locale', { environment: { LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C' } })).toBe(
      'ok',
    );
  });

  it('that a dumb terminal draws no dashboard', () => {
    expect(statusOf('terminal/type', {})).toBe('ok');
    expect(statusOf('terminal/type', { environment: { TERM: 'dumb' } })).toBe('warning');
    expect(statusOf('terminal/type', { environment: {} })).toBe('warning');
  });

  it('whether there is memory for the buffer of a capture', () => {
    expect(statusOf('kernel/buffer', {})).toBe('ok');
    expect(statusOf('kernel/buffer', { freeBytes: 200e6 })).toBe('warning');
  });

  it('that Chinese text can be read with this Node', () => {
    expect(statusOf('node/icu', {})).toBe('ok');
  });
});

describe('of an interface, doctor says', () => {
  const features = (gro: string, lro: string, tso: string) =>
    `Features for eth1:\nrx-checksumming: on\ntcp-segmentation-offload: ${tso}\n\ttx-tcp-segmentation: ${tso}\ngeneric-receive-offload: ${gro}\nlarge-receive-offload: ${lro}\nrx-gro-hw: off [fixed]\n`;

  it('which offloads join frames, and the command that ends it', () => {
    expect(judgeOffloads('eth1', features('on', 'off [fixed]', 'on'))).toMatchObject({
      status: 'warning',
      text: expect.stringContaining('(GRO)'),
      command: 'sudo ethtool -K eth1 gro off tso off',
    });
    expect(judgeOffloads('eth1', features('on', 'on [fixed]', 'off'))).toMatchObject({
      text: expect.stringContaining('(GRO, LRO)'),
      command: 'sudo ethtool -K eth1 gro off',
    });
  });

  it('that what this machine sends itself does not matter', () => {
    expect(judgeOffloads('eth1', features('off', 'off', 'on'))).toEqual({
      check: 'interface/offloads',
      status: 'ok',
      text: 'received frames come one by one; only what this machine sends itself is joined (TSO)',
    });
  });

  it('that its ring could be larger', () => {
    const rings = (now: number) =>
      `Ring parameters for eth1:\nPre-set maximums:\nRX:\t\t4096\nRX Mini:\tn/a\nTX:\t\t4096\nCurrent hardware settings:\nRX:\t\t${now}\nTX:\t\t256\n`;
    expect(judgeRing('eth1', rings(256))).toMatchObject([
      { status: 'note', command: 'sudo ethtool -G eth1 rx 4096' },
    ]);
    expect(judgeRing('eth1', rings(4096))).toMatchObject([{ status: 'ok' }]);
    expect(judgeRing('eth1', 'netlink error: Operation not supported\n')).toEqual([]);
  });

  it('that the kernel dropped packets before any capture', () => {
    const line = (dropped: string) => `00001000 ${dropped} 00000000 00000000 00000000\n`;
    expect(backlogCheck(line('00000000') + line('00000000'))).toMatchObject([{ status: 'ok' }]);
    expect(backlogCheck(line('00000010') + line('00000001'))).toMatchObject([
      { status: 'warning', text: expect.stringContaining('17 packets') },
    ]);
    expect(backlogCheck('')).toEqual([]);
  });
});

describe('the one command that mends it', () => {
  it('is that of the system', () => {
    expect(familyOf('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe('debian');
    expect(familyOf('ID=ubuntu\nID_LIKE=debian\n')).toBe('debian');
    expect(familyOf('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe('fedora');
    expect(familyOf('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n')).toBe('suse');
    expect(familyOf('ID=plan9\nVERSION_ID=4\n')).toBeUndefined();
    expect(installCommand('dumpcap', 'fedora')).toBe('sudo dnf install wireshark-cli');
    expect(installCommand('dumpcap', undefined)).toBeUndefined();
  });

  it('joins the group where dumpcap is for a group already', () => {
    expect(permitCommand('debian', true)).toBe('sudo usermod -a -G wireshark "$USER"');
    expect(permitCommand('debian', false)).toContain('dpkg-reconfigure -f noninteractive wireshark-common');
    expect(permitCommand('arch', false)).toBe(
      'sudo setcap cap_net_raw,cap_net_admin=eip "$(command -v dumpcap)"',
    );
  });
});
