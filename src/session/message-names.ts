import { type Dialect, describeMessage, messageName } from '../../schemas/registry.ts';
import { dialectEvidence, isDialectal } from './dialect.ts';
import { isClientLogin, isRegistration } from './login.ts';
import type { Message } from './message.ts';
import { senderOf, settleRoles } from './sender.ts';
import { isSessionId, type SessionTable } from './session-table.ts';

/** Says who sent a message and what its id means, as far as its flow has shown who is who and how it numbers logins. */
export class MessageNames {
  readonly #dialect: Dialect | 'auto';
  readonly #sessions: SessionTable;

  /** `auto`: each flow shows its own. */
  constructor(dialect: Dialect | 'auto', sessions: SessionTable) {
    this.#dialect = dialect;
    this.#sessions = sessions;
  }

  /**
   * A run of media is named once: the view still bears the names of the message before, which hold as long as nothing
   * new is known of the flow.
   */
  nameMedia(message: Message): void {
    const { dvrip, header } = message;
    const { named } = message;
    if (
      header.messageId === named.id &&
      dvrip.rolesSettled &&
      dvrip.deviceSide === named.deviceSide &&
      dvrip.dialect === named.dialect
    ) {
      return;
    }
    this.name(message);
    named.id = header.messageId;
    named.deviceSide = dvrip.rolesSettled ? dvrip.deviceSide : -1;
    named.dialect = dvrip.dialect;
  }

  name(message: Message): void {
    const { dvrip, header } = message;
    message.named.id = -1;
    const dialect = this.#dialect === 'auto' ? (dvrip.dialect ?? 'field') : this.#dialect;
    message.dialect = dialect;
    message.from = senderOf(dialect, dvrip, message.side, header.messageId);
    message.definition = describeMessage(dialect, header.messageId, message.from);
    message.name = message.definition?.name ?? messageName(dialect, header.messageId, message.from);
  }

  /** What a control message tells beyond its id, once its body is read; it is then named anew. */
  learn(message: Message): void {
    if (isDialectal(message.header.messageId)) this.#learnFromLogin(message);
    else if (!message.dvrip.rolesSettled && message.name.endsWith('_CLAIM')) this.#learnFromClaim(message);
  }

  /** A login, logout or keep-alive may show how its flow numbers them, and who is the device. */
  #learnFromLogin(message: Message): void {
    const { dvrip, content, header } = message;
    if (content?.kind !== 'json') return;
    if (message.name === 'LOGIN_REQ' && isRegistration(message)) {
      settleRoles(dvrip, message.side);
      this.#sessions.registered(dvrip.flow, message.side);
      this.name(message);
    } else if (message.name === 'LOGIN_REQ' && message.from === 'client' && isClientLogin(message)) {
      // Who connects to the device's port and logs in like a client (§4.1.1) is one.
      const { flow } = message;
      if (flow.clientKnown && flow.server === dvrip.deviceSide) settleRoles(dvrip, flow.server);
    }
    if (this.#dialect === 'auto') {
      const shown = dialectEvidence(header.messageId, message.from, content.value);
      if (shown !== undefined && shown !== dvrip.dialect) {
        dvrip.dialect = shown;
        this.name(message);
      }
    }
    if (header.messageId === 1000 && message.dialect === 'spec') nameByBody(message, content.value);
  }

  /** A device that has registered opens its data sockets itself and claims them (§4.8.2). */
  #learnFromClaim(message: Message): void {
    const { dvrip, side, header } = message;
    if (!isSessionId(header.sessionId) || !this.#sessions.isRegistered(dvrip.flow, side)) return;
    settleRoles(dvrip, side);
    this.name(message);
  }
}

/** 1000 of the specification's dialect is request and answer (§6.2.1), and either side may log in (§4.1.2). */
function nameByBody(message: Message, value: unknown): void {
  const answer = typeof value === 'object' && value !== null && 'Ret' in value;
  const definition = describeMessage('spec', 1000, answer ? 'device' : 'client');
  if (definition === undefined) return;
  message.definition = definition;
  message.name = definition.name;
}
