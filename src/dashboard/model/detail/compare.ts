import { rungWords } from '../../../report/ladder/rung-words.ts';
import type { Compared, ComparedLine, LadderRung, MessageDetail } from '../contract.ts';
import { pairLines } from './line-diff.ts';

interface Side {
  readonly text: string;
  /** What decides whether two lines are the same. */
  readonly same: string;
  readonly number?: number;
}

/** Two messages: their headers, their findings and their bodies; so many lines of each. */
export function compareMessages(left: MessageDetail, right: MessageDetail, most: number): Compared {
  const titled = ({ row }: MessageDetail) => `message ${row.number}: ${row.id} ${row.name}`;
  return compared(titled(left), titled(right), messageSide(left), messageSide(right), most);
}

/** Two sessions: what was said in them, runs folded, without times and numbers. */
export function compareSessions(
  left: { readonly session: number; readonly rungs: readonly LadderRung[] },
  right: { readonly session: number; readonly rungs: readonly LadderRung[] },
  most: number,
): Compared {
  return compared(
    `session ${left.session}`,
    `session ${right.session}`,
    left.rungs.map(rungSide),
    right.rungs.map(rungSide),
    most,
  );
}

function messageSide({ sender, receiver, header, findings, body }: MessageDetail): Side[] {
  const lines = [
    `from ${sender} to ${receiver}`,
    ...header.map(
      ({ name, value, meaning }) => `${name}: ${value}${meaning === undefined ? '' : ` (${meaning})`}`,
    ),
    ...findings.map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`),
    ...body.lines.map(({ text }) => text),
  ];
  return lines.map((text) => ({ text, same: text }));
}

function rungSide(rung: LadderRung): Side {
  const { sender, id, name, remark, number } = rung;
  return {
    text: `${sender === 'client' ? '→' : '←'} ${rungWords(rung)}`,
    same: `${sender} ${id} ${name} ${remark}`,
    number,
  };
}

function compared(
  leftTitle: string,
  rightTitle: string,
  left: readonly Side[],
  right: readonly Side[],
  most: number,
): Compared {
  const [leftLines, rightLines] = [left.slice(0, most), right.slice(0, most)];
  const pairs = pairLines(
    leftLines.map(({ same }) => same),
    rightLines.map(({ same }) => same),
  );
  const lines = pairs.map((pair) => comparedLine(leftLines[pair.left], rightLines[pair.right]));
  return {
    leftTitle,
    rightTitle,
    lines,
    differences: lines.filter(({ kind }) => kind !== 'same').length,
    left: Math.max(0, left.length - most) + Math.max(0, right.length - most),
  };
}

function comparedLine(left: Side | undefined, right: Side | undefined): ComparedLine {
  const kind =
    left === undefined
      ? 'right-only'
      : right === undefined
        ? 'left-only'
        : left.same === right.same
          ? 'same'
          : 'changed';
  return {
    kind,
    ...(left !== undefined && { left: left.text }),
    ...(right !== undefined && { right: right.text }),
    ...(left?.number !== undefined && { leftNumber: left.number }),
    ...(right?.number !== undefined && { rightNumber: right.number }),
  };
}
