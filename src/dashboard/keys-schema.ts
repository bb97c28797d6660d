import { z } from 'zod';
import { ACTIONS } from './keymap.ts';

/** A key: `G`, `/`, `f5`, `enter`, `space`, `C-f`, `M-x`, `S-tab`. */
const key = z
  .string()
  .regex(
    /^(?:[!-~]|(?:C-|M-|S-)*(?:[a-z]|f(?:[1-9]|1[0-2])|up|down|left|right|home|end|pageup|pagedown|insert|delete|enter|escape|tab|space|backspace))$/,
    'a key is written like G, /, f5, enter, space, C-f or S-tab',
  );

/** `"keys"` of the configuration file: the keys of an action, which replace those it has. */
export const keysSchema = z
  .partialRecord(z.enum(ACTIONS.map(({ id }) => id)), z.array(key).min(1).max(8))
  .describe('keys of the dashboard: for an action the keys that replace its own');
