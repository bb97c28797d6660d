import { isMediaId } from '../../../schemas/registry.ts';
import type { Message } from '../../session/message.ts';

/**
 * Messages that come in runs and stand for themselves: media and their acknowledgements, keepalives, progress. Ladders
 * fold them, and so does the dashboard's list.
 */
export function repeats({ media, name, definition }: Message): boolean {
  return (
    media ||
    name.startsWith('KEEPALIVE_') ||
    definition?.body?.progress === true ||
    (definition?.replyTo !== undefined && isMediaId(definition.replyTo))
  );
}
