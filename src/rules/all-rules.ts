/** Every rule. Made by `node list-rules.mjs` from the folders here; `npm run build` keeps it current. */

import bodyMissingKey from './body/missing-key.ts';
import keepaliveInTime from './keepalive/in-time.ts';
import type { Rule } from './rule.ts';

export const ALL_RULES: readonly Rule[] = [bodyMissingKey, keepaliveInTime];
