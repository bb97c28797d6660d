import { type Action, keyLabel } from '../keymap.ts';
import type { Scope } from '../model/contract.ts';
import type { Host, Panel } from '../panel.ts';
import { ComparePanel } from './compare.ts';
import { FindingsPanel } from './findings.ts';
import { flowsPanel } from './flows.ts';
import { MessageView } from './message-view.ts';
import { messagesPanel } from './messages.ts';
import { SessionView } from './session-view.ts';
import { sessionsPanel } from './sessions.ts';
import { StreamView } from './stream-view.ts';
import { StreamsPanel } from './streams.ts';
import type { Tab } from './tabs.ts';

/** All panels, and the doors between them: what opens what. */
export class Panels {
  /** The capture's name without its ending, for names of files that are saved. */
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly #host: Host;
  readonly #lists: readonly Panel[];

  /** `filter`: of the messages, to begin with. */
  constructor(host: Host, fileName: string, filter: string) {
    this.#host = host;
    this.name = fileName.replace(/(?:\.(?:pcapng|pcap|cap|gz|zst))+$/, '').replaceAll(' ', '-') || 'capture';
    this.#lists = [
      sessionsPanel(host, this),
      flowsPanel(host, this),
      new FindingsPanel(host, this),
      messagesPanel(host, this, { of: 'all' }, 'Messages', filter),
      new StreamsPanel(host, this, this.name),
    ];
    this.tabs = [
      this.#tab('Sessions', 'show-sessions', ({ sessions }) => sessions),
      this.#tab('Flows', 'show-flows', ({ flows }) => flows),
      this.#tab(
        'Findings',
        'show-findings',
        ({ findings }) => findings.error + findings.warning + findings.note,
      ),
      this.#tab('Messages', 'show-messages', ({ messages }) => messages),
      this.#tab('Streams', 'show-streams', ({ streams }) => streams),
    ];
  }

  tab(index: number): Panel {
    const [first] = this.#lists;
    const panel = this.#lists[index] ?? first;
    if (panel === undefined) throw new Error('there are no panels');
    return panel;
  }

  openSession(session: number): void {
    this.#host.push(new SessionView(this.#host, session, this));
  }

  openFlow(flow: number): void {
    this.#pushMessages({ of: 'flow', flow }, `Flow ${flow}`);
  }

  openMessages(session: number): void {
    this.#pushMessages({ of: 'session', session }, `Messages of session ${session}`);
  }

  openFindings(session: number): void {
    const title = `Findings of session ${session}`;
    this.#host.push(new FindingsPanel(this.#host, this, { of: 'session', session }, title));
  }

  openMessage(number: number, pointer?: string): void {
    this.#host.push(new MessageView(this.#host, number, pointer, (message) => this.openMessage(message)));
  }

  openStream(stream: number): void {
    this.#host.push(new StreamView(this.#host, stream, this.name, (flow) => this.openFlow(flow)));
  }

  /** The streams of a session, to choose one to extract. */
  openStreams(session: number): void {
    const scope: Scope = { of: 'session', session };
    const title = `Streams of session ${session}`;
    this.#host.push(new StreamsPanel(this.#host, this, this.name, scope, title));
    this.#host.say(`${this.#host.keymap.label('extract')} extracts the stream under the cursor`, 'note');
  }

  compareMessages(left: number, right: number): void {
    this.#compare('messages', left, right);
  }

  compareSessions(left: number, right: number): void {
    this.#compare('sessions', left, right);
  }

  #compare(of: 'messages' | 'sessions', left: number, right: number): void {
    const open = (message: number) => this.openMessage(message);
    this.#host.push(new ComparePanel(this.#host, { of, left, right }, open));
  }

  #pushMessages(scope: Scope, title: string): void {
    this.#host.push(messagesPanel(this.#host, this, scope, title));
  }

  #tab(title: string, action: Action, count: Tab['count']): Tab {
    const [key = ''] = this.#host.keymap.entries.find(({ id }) => id === action)?.keys ?? [];
    return { title, action, key: keyLabel(key), count };
  }
}
