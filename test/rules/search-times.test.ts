import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableTime, foundList, searchRange } from '../../src/rules/search-times.ts';

const written = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');

describe('times of searches', () => {
  it('compare as the times do', () => {
    const between = { min: new Date('2000-01-01T00:00:00Z'), max: new Date('2063-12-31T23:59:59Z') };
    const date = fc.date({ ...between, noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [first, second] = [written(a), written(b)];
        const order = Math.sign((comparableTime(first) ?? 0) - (comparableTime(second) ?? 0));
        expect(order).toBe(first === second ? 0 : first < second ? -1 : 1);
      }),
    );
  });

  it('are unknown where the text is no time, or a date of zeros', () => {
    const texts = ['', 'yesterday', '2026-03-01', '0000-00-00 00:00:00', '2000-00-00 00:00:00', undefined];
    expect(texts.map(comparableTime)).toEqual(texts.map(() => undefined));
  });

  it('are read from the object that the request carries, and from nothing else', () => {
    const query = { BeginTime: '2026-03-01 10:00:00', EndTime: '2026-03-01 11:00:00' };
    expect(searchRange({ OPFileQuery: query }, 'OPFileQuery')).toMatchObject({ begin: query.BeginTime });
    expect(searchRange({ OPFileQuery: query }, 'OPLogQuery')).toBeUndefined();
    expect(searchRange({ OPFileQuery: { ...query, EndTime: 7 } }, 'OPFileQuery')).toBeUndefined();
  });

  it('stand in a list by the name of the request or that of the specification', () => {
    expect(foundList({ FileList: [1] })).toEqual({ key: 'FileList', items: [1] });
    expect(foundList({ OPLogQuery: [] })).toEqual({ key: 'OPLogQuery', items: [] });
    expect(foundList({ OPLogQuery: null, Ret: 100 })).toBeUndefined();
  });

  it('never throw, whatever a body holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const query = { OPFileQuery: body, ...body };
        expect(() => [searchRange(query, 'OPFileQuery'), foundList(query)]).not.toThrow();
      }),
    );
  });
});
