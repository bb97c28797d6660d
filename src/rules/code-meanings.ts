/** What the findings mean that are nobody's fault but the capture's, so that no rule speaks of them. */
export const CODE_MEANINGS: Readonly<Record<string, string>> = {
  'framing/gap-in-message':
    'A part of the body was never captured; what is there is shown, with the gap marked.',
  'framing/body-not-kept':
    'The bytes of this body came, but were not kept, since too many bodies were incomplete at once.',
};
