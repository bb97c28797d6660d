import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/check/targets.ts';
import { checkCaptures, checked, RULE } from './check-runs.ts';
import { dvrscope, lines } from './dvrscope.ts';

const { write, silent, silentDevices } = checkCaptures();

const OWNED = { reason: 'the recorder of hall 3 sleeps', owner: 'lab', expires: '2999-12-31' };

function configured(...waivers: readonly object[]): string {
  return write('waivers.json', JSON.stringify({ rules: { 'security/*': 'off' }, waivers }));
}

/** What becomes of the one finding of the capture. */
function withWaiver(waiver: object) {
  const { code, record } = checked([silent, '--config', configured({ ...OWNED, rule: RULE, ...waiver })]);
  const { verdict } = record.rules.find(({ id }) => id === RULE) ?? {};
  const [state] = record.waivers;
  return { code, verdict, finding: record.findings.find(({ rule }) => rule === RULE), state };
}

describe('a waiver', () => {
  it('takes the fault out of what it is for, which stays visible with reason, owner and date', () => {
    const { code, verdict, finding, state } = withWaiver({});
    expect(finding).toMatchObject({ status: 'waived', waiver: OWNED, count: 1 });
    expect(state).toEqual({ ...OWNED, rule: RULE, state: 'used', waived: 1 });
    expect(verdict).toBe('waived');
    expect(code).toBe(0);
  });

  it.each([
    ['an area', { rule: 'keepalive/*' }],
    ['the id of the message', { message: 1006 }],
    ['the name of the message', { message: 'keepalive_req' }],
    ['the sender', { from: 'client' }],
    ['the place: the message as a whole', { place: '' }],
    ['the device', { device: '192.168.1.10' }],
    ['all of these', { message: '1006', from: 'client', place: '', device: '192.168.1.10' }],
  ])('can be for %s', (_, waiver) => {
    expect(withWaiver(waiver)).toMatchObject({ code: 0, verdict: 'waived', state: { state: 'used' } });
  });

  it.each([
    ['another rule', { rule: 'body/missing-key' }],
    ['another message', { message: 1412 }],
    ['the other side', { from: 'device' }],
    ['another place', { place: '/Name' }],
    ['another device', { device: '192.168.1.11' }],
    ['the client', { device: '192.168.1.5' }],
  ])('for %s waives nothing, and is reported as matching nothing', (_, waiver) => {
    const { code, verdict, finding, state } = withWaiver(waiver);
    expect(finding?.status).toBe('new');
    expect(state).toMatchObject({ state: 'unmatched', waived: 0 });
    expect(verdict).toBe('fail');
    expect(code).toBe(1);
  });

  it('for one device leaves what is wrong with another, in every report', () => {
    const device = '192.168.1.11';
    const path = configured({ ...OWNED, rule: 'keepalive/*', device });
    const { code, record } = checked([silentDevices, '--config', path]);
    const found = record.findings.filter(({ rule }) => rule === RULE);
    expect(found.map(({ status, count, waiver }) => [status, count, waiver])).toEqual([
      ['new', 1, undefined],
      ['waived', 1, { ...OWNED, device }],
    ]);
    expect(record.rules.find(({ id }) => id === RULE)).toMatchObject({
      verdict: 'fail',
      violations: 2,
      waived: 1,
    });
    expect(record.waivers).toEqual([{ ...OWNED, rule: 'keepalive/*', device, state: 'used', waived: 1 }]);
    expect(code).toBe(1);
    for (const format of FORMATS) {
      // The record itself; read above.
      if (format === 'json') continue;
      const { stdout } = dvrscope(['check', silentDevices, '--config', path, '--format', format]);
      expect(stdout.replaceAll(/\s+/g, ' '), format).toContain(
        `waived for ${device} until 2999-12-31 by lab`,
      );
    }
  });

  it('for one device is counted once among what a baseline knows', () => {
    const baseline = write('devices-baseline.json', '');
    const known = ['check', silentDevices, '--fail-on', 'never'];
    expect(dvrscope([...known, '--config', configured(), '--write-baseline', baseline]).code).toBe(0);
    const path = configured({ ...OWNED, rule: RULE, device: '192.168.1.11' });
    const { code, record } = checked([silentDevices, '--config', path, '--baseline', baseline]);
    expect(
      record.findings
        .filter(({ rule }) => rule === RULE)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['known', 'waived']);
    expect(record.baseline).toMatchObject({ fixed: 0 });
    expect(code).toBe(0);
  });

  it('that has expired waives nothing any more, and is reported', () => {
    const { code, finding, state } = withWaiver({ expires: '2020-02-29' });
    expect(finding?.status).toBe('new');
    expect(state).toMatchObject({ state: 'expired', waived: 0 });
    expect(code).toBe(1);
  });

  it('holds through the day on which it expires, in UTC', () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    expect(withWaiver({ expires: day(-1) }).state).toMatchObject({ state: 'expired' });
    expect(withWaiver({ expires: day(1) }).state).toMatchObject({ state: 'used' });
  });

  it('gives way to one that has not expired', () => {
    const expired = { ...OWNED, rule: RULE, expires: '2020-01-01' };
    const { code, record } = checked([silent, '--config', configured(expired, { ...OWNED, rule: RULE })]);
    expect(record.waivers.map(({ state }) => state)).toEqual(['expired', 'used']);
    expect(code).toBe(0);
  });

  it('is shown in every report; one that waives nothing in all but JUnit', () => {
    const path = configured(
      { ...OWNED, rule: RULE },
      { ...OWNED, rule: 'body/missing-key', reason: 'none such' },
      { ...OWNED, rule: 'body/null', reason: 'long ago', expires: '2020-01-01' },
    );
    for (const format of FORMATS) {
      const report = dvrscope(['check', silent, '--config', path, '--format', format]).stdout;
      const stdout = report.replaceAll(/\s+/g, ' ');
      expect(stdout, format).toContain(OWNED.reason);
      // JUnit has no place for what belongs to no rule that failed.
      if (format === 'junit') continue;
      expect(stdout, format).toContain('none such');
      expect(stdout, format).toContain('long ago');
    }
  });

  it.each([
    ['a reason', { reason: ' ' }, 'waivers[0].reason: too small'],
    ['an owner', { owner: undefined }, 'waivers[0].owner is missing'],
    ['a date', { expires: undefined }, 'waivers[0].expires is missing'],
    ['a date that exists', { expires: '2026-02-29' }, 'expected a date that exists, written as 2027-01-31'],
    ['a rule that exists', { rule: 'keepalive/in-tyme' }, "did you mean 'keepalive/in-time'?"],
    ['a message that exists', { message: 'KEEPALIV_REQ' }, "did you mean 'KEEPALIVE_REQ'?"],
    ['a JSON pointer as place', { place: 'Name' }, 'waivers[0].place: expected a JSON pointer'],
    [
      'the address of a device',
      { device: 'hall 3' },
      'waivers[0].device: expected the IP address of a device',
    ],
    ['a known side', { from: 'recorder' }, "waivers[0].from: expected 'client', 'device'"],
    ['no other key', { mesage: 1006 }, "the key 'mesage' is not known; did you mean 'message'?"],
  ])('needs %s', (_, waiver, words) => {
    const { code, stderr } = dvrscope([
      'check',
      silent,
      '--config',
      configured({ ...OWNED, rule: RULE, ...waiver }),
    ]);
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});
