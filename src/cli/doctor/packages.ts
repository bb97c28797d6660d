import { readFileSync } from 'node:fs';

/** What is installed for capturing, as each family of systems calls it. */
const PACKAGES = {
  debian: {
    dumpcap: 'wireshark-common',
    tcpdump: 'tcpdump',
    ethtool: 'ethtool',
    install: 'sudo apt-get install',
  },
  fedora: { dumpcap: 'wireshark-cli', tcpdump: 'tcpdump', ethtool: 'ethtool', install: 'sudo dnf install' },
  suse: { dumpcap: 'wireshark', tcpdump: 'tcpdump', ethtool: 'ethtool', install: 'sudo zypper install' },
  arch: { dumpcap: 'wireshark-cli', tcpdump: 'tcpdump', ethtool: 'ethtool', install: 'sudo pacman -S' },
  alpine: { dumpcap: 'wireshark-common', tcpdump: 'tcpdump', ethtool: 'ethtool', install: 'sudo apk add' },
} as const;

export type Family = keyof typeof PACKAGES;

/** The family of the system (os-release(5)): its own id, or one that it says it is like. */
export function familyOf(release: string): Family | undefined {
  const words = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(([, ids = '']) =>
    ids.split(' '),
  );
  for (const word of words) {
    if (word === 'rhel' || word === 'centos') return 'fedora';
    if (word.startsWith('opensuse') || word === 'sles') return 'suse';
    const family = Object.keys(PACKAGES).find((one): one is Family => one === word);
    if (family !== undefined) return family;
  }
  return undefined;
}

export function systemFamily(): Family | undefined {
  try {
    return familyOf(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return undefined;
  }
}

/** The command that installs a tool; undefined where it is not known. */
export function installCommand(
  tool: 'dumpcap' | 'tcpdump' | 'ethtool',
  family: Family | undefined,
): string | undefined {
  return family === undefined ? undefined : `${PACKAGES[family].install} ${PACKAGES[family][tool]}`;
}

/** The command that lets the user capture with dumpcap; a new login makes it take effect. */
export function permitCommand(family: Family | undefined, restricted: boolean): string {
  if (restricted) return 'sudo usermod -a -G wireshark "$USER"';
  if (family === 'debian') {
    const answer =
      'echo wireshark-common wireshark-common/install-setuid boolean true | sudo debconf-set-selections';
    const apply = 'sudo dpkg-reconfigure -f noninteractive wireshark-common';
    return `${answer} && ${apply} && sudo usermod -a -G wireshark "$USER"`;
  }
  return 'sudo setcap cap_net_raw,cap_net_admin=eip "$(command -v dumpcap)"';
}
