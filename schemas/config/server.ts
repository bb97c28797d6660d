import { flag, group, hex, integer, maybe, secret, text } from '../kinds.ts';

/** The server of a service: FTP, mail, NTP, DDNS, alarm centre and others (JsonConfigFormat 3.5 and after). */
export function server(meaning: string) {
  return group(meaning, {
    Name: maybe(text('host name, used where Address is zero')),
    Address: maybe(hex('IPv4 address, little-endian; zero where Name is used')),
    Anonymity: maybe(flag('log in without an account')),
    UserName: maybe(text('account')),
    Password: maybe(secret('password of the account, in plain text')),
    Port: maybe(port('port')),
  });
}

/** A TCP or UDP port; 0 where it is not set. */
export function port(meaning: string) {
  return integer(meaning, { min: 0, max: 65_535, open: true });
}
