/**
 * What SARIF 2.1.0 says of the parts that dvrscope writes, by the sections of the standard: every property that is not
 * named here is refused, so that a new one has to be looked up first.
 */
const text = { type: 'string', minLength: 1 } as const;
const index = { type: 'integer', minimum: 0 } as const;
const bag = { type: 'object' } as const;

function closed(properties: object, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** §3.11: a message has a text, or an id. */
const message = closed({ text, markdown: text }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };
/** §3.4, RFC 3986: a reference without anything that would have to be encoded. */
const artifactLocation = closed(
  { uri: { type: 'string', pattern: "^(file:///[A-Za-z]:)?[A-Za-z0-9\\-._~%!'()*/]*$|^file:///" }, index },
  ['uri'],
);
/** §3.30: of text, or of bytes. */
const region = {
  anyOf: [
    closed({ startLine: { type: 'integer', minimum: 1 }, startColumn: { type: 'integer', minimum: 1 } }, [
      'startLine',
    ]),
    closed({ byteOffset: { const: 0 }, byteLength: { type: 'integer', minimum: 1 } }, [
      'byteOffset',
      'byteLength',
    ]),
  ],
};
const physicalLocation = closed({ artifactLocation, region }, ['artifactLocation']);
const logicalLocation = closed({ name: text, fullyQualifiedName: text, kind: text }, ['fullyQualifiedName']);
/** §3.28. */
const location = closed(
  {
    physicalLocation,
    logicalLocations: { type: 'array', items: logicalLocation, minItems: 1 },
    properties: bag,
  },
  ['physicalLocation'],
);

/** §3.49. */
const reportingDescriptor = closed(
  {
    id: text,
    name: { type: 'string', pattern: '^([A-Z][a-z0-9]*)+$' },
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: closed({ level }, ['level']),
    properties: closed(
      { tags: { type: 'array', items: text, uniqueItems: true, maxItems: 10 }, section: text },
      [],
    ),
  },
  ['id'],
);

/** §3.58. */
const notification = closed(
  {
    descriptor: closed({ id: text, index }, ['id']),
    level,
    message,
    locations: { type: 'array', items: location, maxItems: 100 },
  },
  ['message'],
);

/** §3.27. */
const result = closed(
  {
    ruleId: text,
    ruleIndex: index,
    kind: { const: 'fail' },
    level,
    message,
    locations: { type: 'array', items: location, minItems: 1, maxItems: 100 },
    partialFingerprints: { type: 'object', additionalProperties: text },
    occurrenceCount: { type: 'integer', minimum: 1 },
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
    suppressions: {
      type: 'array',
      items: closed(
        {
          kind: { enum: ['inSource', 'external'] },
          status: { enum: ['accepted', 'underReview', 'rejected'] },
          justification: text,
        },
        ['kind'],
      ),
    },
    properties: bag,
  },
  ['message', 'ruleId', 'locations', 'partialFingerprints'],
);

const run = closed(
  {
    invocations: {
      type: 'array',
      items: closed(
        {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: { type: 'array', items: notification },
        },
        ['executionSuccessful'],
      ),
    },
    properties: bag,
    tool: closed(
      {
        driver: closed(
          {
            name: text,
            version: text,
            semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
            rules: { type: 'array', items: reportingDescriptor, uniqueItems: true },
            notifications: { type: 'array', items: reportingDescriptor, uniqueItems: true },
          },
          ['name'],
        ),
      },
      ['driver'],
    ),
    artifacts: {
      type: 'array',
      items: closed(
        {
          location: artifactLocation,
          roles: { type: 'array', items: { const: 'analysisTarget' } },
          properties: bag,
        },
        ['location'],
      ),
    },
    results: { type: 'array', items: result, maxItems: 5000 },
  },
  ['tool', 'results'],
);

/** §3.13. */
export const SARIF_PARTS = closed(
  {
    $schema: { type: 'string', pattern: '^https://docs\\.oasis-open\\.org/sarif/sarif/v2\\.1\\.0/' },
    version: { const: '2.1.0' },
    runs: { type: 'array', items: run, minItems: 1 },
  },
  ['version', 'runs'],
);
