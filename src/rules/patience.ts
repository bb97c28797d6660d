/**
 * Seconds after which an answer is overdue. Devices answer within milliseconds, in the field and in every capture at
 * hand; clients give up after some seconds. Less than this before a connection or the capture ends proves nothing.
 */
export const PATIENCE_SECONDS = 5;

/** What takes long by its nature: formatting, packing and unpacking files, searching disks, firmware, a picture. */
export const SLOW_REQUESTS: ReadonlySet<string> = new Set([
  ...['DISKMANAGER_REQ', 'SYSMANAGER_REQ', 'CONFIG_IMPORT_REQ', 'CONFIG_EXPORT_REQ', 'LOG_EXPORT_REQ'],
  ...['CUSTOM_EXPORT_REQ', 'FILESEARCH_REQ', 'FILESEARCH_BYTIME_REQ', 'LOGSEARCH_REQ', 'CALENDAR_REQ'],
  ...['UPGRADE_REQ', 'UPGRADE_DATA', 'NET_SNAP_REQ', 'PHOTO_GET_REQ', 'MAIL_TEST_REQ', 'FTP_TEST_REQ'],
]);
