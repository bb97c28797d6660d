import type { Finding } from '../../dissectors/core/finding.ts';
import { hasDuplicateKeys } from '../../dissectors/dvrip/json-keys.ts';
import { jsonPointer } from '../../dissectors/dvrip/json-place.ts';
import type { JsonSlip } from '../../dissectors/dvrip/json-tree.ts';
import type { JsonBody } from '../../dissectors/dvrip/text.ts';
import type { BodyPlaces } from './body-places.ts';

type Json = Extract<JsonBody, { kind: 'json' }>;

const NO_FINDINGS: readonly Finding[] = [];

/** What devices are known to leave behind, and every client reads over (field notes §2; reading notes, 5.x). */
const HABITS: ReadonlySet<JsonSlip> = new Set<JsonSlip>(['trailing-comma', 'text-after-end']);

/**
 * What there is to say about the JSON itself, whatever the message: each slip that was mended, and each key that its
 * object has twice. Nothing for the clean body, which costs one count of its keys.
 */
export function judgeJson(content: Json, places: BodyPlaces): readonly Finding[] {
  const { slips, value, body, limits } = content;
  const slipped = slips.length > 0;
  if (!slipped && !hasDuplicateKeys(body.text, value, limits)) return NO_FINDINGS;
  const found = slips.map(({ slip, at, length }): Finding => {
    const place = places.ofText(at, length);
    if (slip === 'missing-close' && at === body.text.length) {
      return { code: 'body/json-cut', params: {}, ...place };
    }
    return { code: HABITS.has(slip) ? 'body/json-habit' : 'body/json-slip', params: { slip }, ...place };
  });
  const twice = places.duplicateKeys().map(
    ({ path, at, length }): Finding => ({
      code: 'body/duplicate-key',
      params: { key: String(path.at(-1)) },
      pointer: jsonPointer(path),
      ...places.ofText(at, length),
    }),
  );
  return [...found, ...twice];
}
