import { chapterOf } from '../../schemas/chapters.ts';
import type { MessageDefinition } from '../../schemas/message.ts';
import { MESSAGES } from '../../schemas/registry.ts';

const SENDERS = { client: 'the client', device: 'the device', either: 'either side' } as const;

const CARRIERS = {
  json: 'JSON',
  media: 'a piece of a media stream',
  firmware: 'a piece of firmware',
  zip: 'a zip archive',
  'zip-or-json': 'a zip archive, or JSON with Ret where it fails',
  'jpeg-or-json': 'a JPEG picture, or JSON with Ret where it fails',
  bitmap: 'a bitmap of one bit a pixel',
  text: 'text that is not JSON',
  binary: 'binary, of unknown form',
} as const;

/** `§6.2.7, live view (C14)`, or the section of the field notes. */
export function sectionWords(spec: string): string {
  const chapter = chapterOf(spec);
  const section = spec.startsWith('field') ? spec : `§${spec}`;
  if (chapter === undefined) return section;
  return `${section}, ${chapter.title}${chapter.number === undefined ? '' : ` (${chapter.number})`}`;
}

/** What a message is for, in one sentence: who sends it, and how it belongs to others. */
export function messageWords(message: MessageDefinition): string {
  const sender = SENDERS[message.from];
  if (message.replyTo !== undefined) {
    return `${sender} answers ${idAndName(message.replyTo, message)} with it`;
  }
  if (message.reply === undefined) return `${sender} sends it; no answer is due`;
  return `${sender} sends it; the answer is ${idAndName(message.reply, message)}`;
}

/** What its body is. */
export function bodyWords(message: MessageDefinition): string {
  const { body } = message;
  if (body === undefined) return CARRIERS[message.carrier];
  const objects = body.objects ?? [];
  const carried =
    objects.length > 0
      ? `; carries ${objects.join(' or ')} under that name`
      : body.carries === true
        ? '; carries the object that Name names, under that name'
        : '';
  return `${CARRIERS[message.carrier]}${carried}${body.mayBeEmpty === true ? '; may be empty' : ''}`;
}

/** The partner of a message, in the same dialect; in `spec` request and answer can have the same id (§6.2.1). */
function idAndName(id: number, { dialect, replyTo }: MessageDefinition): string {
  const partner = MESSAGES.find(
    (other) =>
      other.id === id &&
      (other.replyTo === undefined) === (replyTo !== undefined) &&
      (other.dialect === undefined || dialect === undefined || other.dialect === dialect),
  );
  return partner === undefined ? String(id) : `${id} ${partner.name}`;
}
