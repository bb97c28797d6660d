import { type Message, message } from './message.ts';

/** C20, users and groups (§5.13). */
export const USERS: readonly Message[] = [
  message({ id: 1470, name: 'FULLAUTHORITYLIST_GET', from: 'client', reply: 1471, spec: '6.2.13' }),
  message({ id: 1471, name: 'FULLAUTHORITYLIST_GET_RSP', from: 'device', replyTo: 1470, spec: '6.2.13' }),
  message({ id: 1472, name: 'USERS_GET', from: 'client', reply: 1473, spec: '6.2.13' }),
  message({ id: 1473, name: 'USERS_GET_RSP', from: 'device', replyTo: 1472, spec: '6.2.13' }),
  message({ id: 1474, name: 'GROUPS_GET', from: 'client', reply: 1475, spec: '6.2.13' }),
  message({ id: 1475, name: 'GROUPS_GET_RSP', from: 'device', replyTo: 1474, spec: '6.2.13' }),
  message({ id: 1476, name: 'ADDGROUP_REQ', from: 'client', reply: 1477, spec: '6.2.13' }),
  message({ id: 1477, name: 'ADDGROUP_RSP', from: 'device', replyTo: 1476, spec: '6.2.13' }),
  message({ id: 1478, name: 'MODIFYGROUP_REQ', from: 'client', reply: 1479, spec: '6.2.13' }),
  message({ id: 1479, name: 'MODIFYGROUP_RSP', from: 'device', replyTo: 1478, spec: '6.2.13' }),
  message({ id: 1480, name: 'DELETEGROUP_REQ', from: 'client', reply: 1481, spec: '6.2.13' }),
  message({ id: 1481, name: 'DELETEGROUP_RSP', from: 'device', replyTo: 1480, spec: '6.2.13' }),
  message({ id: 1482, name: 'ADDUSER_REQ', from: 'client', reply: 1483, spec: '6.2.13' }),
  message({ id: 1483, name: 'ADDUSER_RSP', from: 'device', replyTo: 1482, spec: '6.2.13' }),
  message({ id: 1484, name: 'MODIFYUSER_REQ', from: 'client', reply: 1485, spec: '6.2.13' }),
  message({ id: 1485, name: 'MODIFYUSER_RSP', from: 'device', replyTo: 1484, spec: '6.2.13' }),
  message({ id: 1486, name: 'DELETEUSER_REQ', from: 'client', reply: 1487, spec: '6.2.13' }),
  message({ id: 1487, name: 'DELETEUSER_RSP', from: 'device', replyTo: 1486, spec: '6.2.13' }),
  message({ id: 1488, name: 'MODIFYPASSWORD_REQ', from: 'client', reply: 1489, spec: '6.2.13' }),
  message({ id: 1489, name: 'MODIFYPASSWORD_RSP', from: 'device', replyTo: 1488, spec: '6.2.13' }),
];
