/** How families of clients write: requests of the vendor's own programs and of others (field notes 2, 5). */
import {
  type Json,
  jsoncppText,
  sessionText,
  TRAILER_CMS,
  TRAILER_DEVICE,
  TRAILER_NONE,
} from './body-text.ts';
import { VERSION_CLIENT, VERSION_DEVICE } from './wire.ts';

/** How a family of clients writes. */
export interface ClientManner {
  readonly version: number;
  readonly text: (value: Json) => string;
  readonly trailer: Buffer;
  readonly sessionText: (id: number, name: string) => string;
  readonly loginType: string;
}

function compactText(value: Json): string {
  return JSON.stringify(value);
}

export const MANNERS = {
  /** The vendor's CMS: jsoncpp, one line feed, bare session ids in operations. */
  cms: {
    version: VERSION_CLIENT,
    text: jsoncppText,
    trailer: TRAILER_CMS,
    sessionText: (id, name) => (name.startsWith('OP') ? sessionText.bare(id) : sessionText.padded(id)),
    loginType: 'DVRIP-Web',
  },
  /** The open-source libraries: compact JSON, the device's own trailer. */
  library: {
    version: VERSION_CLIENT,
    text: compactText,
    trailer: TRAILER_DEVICE,
    sessionText: sessionText.padded,
    loginType: 'DVRIP-Web',
  },
  /** The mobile apps before encryption: compact, one NUL, ten digits, version octet 1. */
  mobile: {
    version: VERSION_DEVICE,
    text: compactText,
    trailer: Buffer.from([0x00]),
    sessionText: sessionText.tenDigits,
    loginType: 'DVRIP-Mobile',
  },
  /** The specification to the letter. */
  spec: {
    version: VERSION_DEVICE,
    text: jsoncppText,
    trailer: TRAILER_NONE,
    sessionText: sessionText.padded,
    loginType: 'DVRIP-Web',
  },
} as const satisfies Record<string, ClientManner>;
