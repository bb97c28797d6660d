/** What each finding code means to who reads it for the first time; a test holds the list against the catalogue. */
export const CODE_MEANINGS: Readonly<Record<string, string>> = {
  'framing/skipped-bytes':
    'Bytes that belong to no message were passed over until the next header was found: the capture began in the middle of a message, bytes were lost, or something else speaks on this connection.',
  'framing/cut-message':
    'The connection or the capture ended before the last message did; it is shown as far as it came.',
  'framing/gap-in-message':
    'A part of the body was never captured; what is there is shown, with the gap marked.',
  'framing/body-not-kept':
    'The bytes of this body came, but were not kept, since too many bodies were incomplete at once.',
  'framing/oversized-body':
    'The length in a header is beyond all that devices send, so it is taken for chance bytes that look like a header.',
  'framing/dahua-header':
    'The bytes are those of the older protocol on TCP 37777, with a header of 32 bytes. This is another protocol, not DVRIP.',
  'framing/missing-fragments':
    'A message in several packets (§3.1, Total Packet and Cur Packet) did not come whole, or its packets disagree.',
  'body/not-json': 'The body should be JSON and cannot be read as such.',
  'body/json-slip': 'The body is not strictly JSON, but it is clear what is meant, as with a comma too many.',
  'body/json-habit':
    'A comma behind the last member, or stray bytes behind the end: devices do that, and clients read over it.',
  'body/json-cut':
    'The body ends inside its JSON although all its bytes are there; it is read as far as it goes.',
  'body/duplicate-key': 'An object has the same key twice; programs differ in which of the two they take.',
  'body/missing-key': 'A member that the message must have is not there.',
  'body/wrong-type': 'A value is of another type than the specification and all known devices give it.',
  'body/wrong-value': 'A value is outside of those that the specification allows.',
  'body/other-session':
    'The session id in the body is not the one in the header (§3.1); both must name one session.',
  'body/unknown-key': 'A key that no source describes; newer firmware has such. Odd, not wrong.',
  'body/padded-key': 'A key with blanks around it. "DeviceType " in the login reply is known for it.',
  'body/other-case-key': 'A known key in other letter case; some firmware writes it so.',
  'body/number-as-text': 'A number in quotes; some devices give it so.',
  'body/text-as-number': 'A number where a text belongs; some devices give it so.',
  'body/number-for-flag': '0 or 1 instead of false or true; some devices give it so.',
  'body/null': 'null where a value belongs: so devices say that they have none.',
  'body/unusual-value': 'A value that is not among those known, where devices are known to have others.',
  'body/unusual-form': 'A text that is not written in the usual form, such as a date without its time.',
  'body/unusual-length': 'A list that is longer or shorter than usual.',
  'body/session-form':
    'The session id in the body names the right session, but is not written as the specification has it: 0x and eight digits.',
  'body/unknown-return-code':
    'Neither the specification (§6.1) nor any known device explains this return code.',
  'body/not-utf8': 'The text of the body is not UTF-8; old firmware writes Chinese as GB18030.',
};
