import { formatSessionId } from '../../report/format/address.ts';
import { formatDelay } from '../../report/format/time.ts';
import type { SessionRecord } from '../../report/records/schemas.ts';
import type { Action } from '../keymap.ts';
import { ListPanel } from '../list/list-panel.ts';
import type { Progress } from '../model/contract.ts';
import type { Line, Painter } from '../painter.ts';
import type { FilterTarget, Host, Panel, Subject } from '../panel.ts';
import type { MousePress } from '../terminal/terminal.ts';
import { LadderRows } from './ladder-rows.ts';
import { messageActions, messageSubject } from './message-list.ts';
import { MessagePane } from './message-pane.ts';
import type { TimeMode } from './message-row.ts';
import type { MessageDoors } from './messages.ts';
import { openOfSession } from './sessions.ts';

/** From this width on the message has a place beside the ladder; else below it, if the screen is high enough. */
const WIDE = 100;
const HIGH = 14;
const LADDER_SHARE = 0.6;
const FACTS_HEIGHT = 1;

/** A session: the ladder over its sockets, and beside it the message under the cursor. */
export class SessionView implements Panel {
  readonly context = 'session';
  readonly #host: Host;
  readonly #number: number;
  readonly #rows: LadderRows;
  readonly #ladder: ListPanel<'messages'>;
  readonly #pane: MessagePane;
  #record: SessionRecord | undefined = undefined;
  #hex = false;
  /** Keys move the message, not the ladder. */
  #inMessage = false;
  /** The corner of the message, as it was painted last. */
  #message = { x: 0, y: 0 };

  constructor(host: Host, number: number, doors: MessageDoors & Parameters<typeof openOfSession>[0]) {
    this.#host = host;
    this.#number = number;
    const times: { mode: TimeMode } = { mode: 'elapsed' };
    this.#rows = new LadderRows(() => times.mode);
    this.#pane = new MessagePane(host, (message) => doors.openMessage(message));
    const ladder: ListPanel<'messages'> = new ListPanel(host, {
      list: 'messages',
      context: 'session',
      title: `Session ${number}`,
      none: 'This session has no messages.',
      view: { scope: { of: 'session', session: number }, fold: true },
      rows: this.#rows,
      open: (row) => doors.openMessage(row.number),
      act: (action) =>
        openOfSession(doors, action, number) || messageActions(host, doors, ladder, times, action),
      subject: messageSubject,
    });
    this.#ladder = ladder;
    this.#load();
  }

  get title(): string {
    return this.#ladder.title;
  }

  get filter(): FilterTarget {
    return this.#ladder.filter;
  }

  paint(painter: Painter): void {
    const { width, height } = painter;
    painter.line(0, 0, this.#facts());
    const body = painter.part(0, FACTS_HEIGHT, width, height - FACTS_HEIGHT);
    const beside = width >= WIDE;
    const below = !beside && body.height >= HIGH;
    const split = beside ? Math.floor(width * LADDER_SHARE) : width;
    const rows = below ? Math.floor(body.height * LADDER_SHARE) : body.height;
    this.#ladder.paint(body.part(0, 0, beside ? split - 1 : width, rows));
    const selected = this.#ladder.selected?.number;
    if (selected !== undefined) this.#pane.show(selected);
    const tone = this.#inMessage ? 'strong' : 'label';
    if (beside) {
      for (let y = 0; y < body.height; y++) body.text(split - 1, y, '│', { tone });
      this.#paintMessage(body.part(split, 0, width - split, body.height));
      this.#message = { x: split, y: FACTS_HEIGHT };
    } else if (below) {
      body.text(0, rows, '─'.repeat(width), { tone });
      this.#paintMessage(body.part(0, rows + 1, width, body.height - rows - 1));
      this.#message = { x: 0, y: FACTS_HEIGHT + rows + 1 };
    } else this.#message = { x: 0, y: height };
  }

  status(): Line {
    return this.#ladder.status();
  }

  act(action: Action): boolean {
    switch (action) {
      case 'next-tab':
      case 'previous-tab':
        this.#inMessage = !this.#inMessage;
        return true;
      case 'hex':
        this.#hex = !this.#hex;
        return true;
      case 'open':
      case 'fold':
      case 'mark':
        return this.#ladder.act(action);
      default:
        if (this.#inMessage && this.#pane.act(action)) return true;
        return this.#ladder.act(action);
    }
  }

  mouse(mouse: MousePress): void {
    const { x, y } = this.#message;
    this.#inMessage = mouse.x >= x && mouse.y >= y;
    if (this.#inMessage) {
      if (mouse.kind === 'press') this.#pane.press(mouse.y - y);
      else this.#pane.act(mouse.kind === 'wheel-up' ? 'half-up' : 'half-down');
    } else if (mouse.y >= FACTS_HEIGHT) this.#ladder.mouse({ ...mouse, y: mouse.y - FACTS_HEIGHT });
  }

  changed(progress: Progress): void {
    this.#ladder.changed(progress);
    this.#load();
  }

  subject(): Subject {
    return { ...this.#ladder.subject(), session: this.#number };
  }

  search(text: string, direction: 'forward' | 'backward', again: boolean): void {
    this.#ladder.search(text, direction, again);
  }

  #paintMessage(painter: Painter): void {
    if (this.#hex) this.#pane.paintHex(painter);
    else this.#pane.paintLines(painter, this.#inMessage);
  }

  #load(): void {
    const { model } = this.#host;
    model.session(this.#number).then(
      (record) => {
        this.#record = record;
        this.#host.repaint();
      },
      () => undefined,
    );
    model.ladder(this.#number, 0, 0).then(
      ({ flows }) => {
        this.#rows.setLanes(flows);
        this.#host.repaint();
      },
      () => undefined,
    );
  }

  /** Who, how answered, what was found. */
  #facts(): Line {
    const record = this.#record;
    if (record === undefined) return [];
    const { client, device, exchanges, findings } = record;
    const words = [
      `${record.state}`,
      ...(record.user === undefined ? [] : [`user ${record.user}`]),
      ...(record.deviceType === undefined ? [] : [record.deviceType]),
      ...(record.channels === undefined ? [] : [`${record.channels} channels`]),
      ...(record.aliveInterval === undefined ? [] : [`keepalive every ${record.aliveInterval} s`]),
      ...(exchanges.answered > 0
        ? [`${exchanges.answered} answered after ${formatDelay(exchanges.meanResponseSeconds)}`]
        : []),
    ];
    return [
      { text: `${formatSessionId(Number.parseInt(record.sessionId, 16))} `, tone: 'strong' },
      { text: `${client.address} `, tone: 'client' },
      { text: `${device.address} `, tone: 'device' },
      ...(findings.error > 0 ? [{ text: `${findings.error} errors `, tone: 'error' as const }] : []),
      ...(findings.warning > 0 ? [{ text: `${findings.warning} warnings `, tone: 'warning' as const }] : []),
      ...(exchanges.unanswered > 0
        ? [{ text: `${exchanges.unanswered} without an answer `, tone: 'warning' as const }]
        : []),
      { text: words.join(', ') },
    ];
  }
}
