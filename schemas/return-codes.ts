/** One value of `Ret` in a reply. */
export interface ReturnCode {
  readonly code: number;
  /** UPPER_CASE, stable. */
  readonly name: string;
  /** One English sentence. */
  readonly meaning: string;
  /** The specification's own words, where it lists the code. */
  readonly zh: string | undefined;
  /** Whether the device did what was asked, be it in part or pending a restart. */
  readonly ok: boolean;
  /** `6.1` of the specification, or the section of the field notes. */
  readonly source: string;
}

function refused(code: number, name: string, meaning: string, zh: string): ReturnCode {
  return { code, name, meaning, zh, ok: false, source: '6.1' };
}

function done(code: number, name: string, meaning: string, zh: string): ReturnCode {
  return { code, name, meaning, zh, ok: true, source: '6.1' };
}

function seen(code: number, name: string, meaning: string): ReturnCode {
  return { code, name, meaning, zh: undefined, ok: false, source: 'field-notes 3.4' };
}

/**
 * The return codes of §6.1 and those seen on devices besides. Where devices use a code of §6.1 for more than
 * it says (field-notes 3.4), the sentence tells. In UPGRADE_PROGRESS a `Ret` of 0…100 is a percentage, not a
 * code (§5.15.3).
 */
export const RETURN_CODES: readonly ReturnCode[] = [
  seen(-1, 'MINUS_ONE', 'Given in answer to an undocumented message; its meaning is not known.'),
  seen(0, 'ZERO', 'Given in answer to an undocumented message; its meaning is not known.'),

  done(100, 'OK', 'The request succeeded.', 'OK'),
  refused(101, 'UNKNOWN_ERROR', 'The request failed for an unknown reason.', '未知错误'),
  refused(
    102,
    'NOT_SUPPORTED',
    'The version is not supported; devices say it of ids and names that they do not know.',
    '版本不支持',
  ),
  refused(
    103,
    'ILLEGAL_REQUEST',
    'The request is illegal: no such operation, or no claim or session for it.',
    '非法请求',
  ),
  refused(104, 'ALREADY_LOGGED_IN', 'This user has already logged in.', '该用户已经登录'),
  refused(105, 'NOT_LOGGED_IN', 'This user has not logged in.', '该用户未登录'),
  refused(106, 'WRONG_CREDENTIALS', 'The user name or the password is wrong.', '用户名密码错误'),
  refused(107, 'NO_PERMISSION', 'The user has no right to do this.', '无权限'),
  refused(108, 'TIMEOUT', 'The operation timed out.', '超时'),
  refused(109, 'SEARCH_FAILED', 'The search failed: no file matches.', '查找失败，没有找到对应文件'),
  done(110, 'SEARCH_COMPLETE', 'The search succeeded and all files are listed.', '查找成功，返回全部文件'),
  done(
    111,
    'SEARCH_PARTIAL',
    'The search succeeded and a part of the files is listed.',
    '查找成功，返回部分文件',
  ),
  refused(112, 'USER_EXISTS', 'The user exists already.', '该用户已经存在'),
  refused(113, 'USER_MISSING', 'The user does not exist.', '该用户不存在'),
  refused(114, 'GROUP_EXISTS', 'The user group exists already.', '该用户组已经存在'),
  refused(115, 'GROUP_MISSING', 'The user group does not exist.', '该用户组不存在'),
  refused(116, 'CODE_116', 'The specification lists this code without a meaning.', ''),
  refused(117, 'BAD_MESSAGE', 'The message is malformed.', '消息格式错误'),
  refused(118, 'PTZ_PROTOCOL_NOT_SET', 'No PTZ protocol is set.', '未设置云台协议'),
  refused(119, 'NO_FILES', 'The search found no file.', '没有查询到文件'),
  // Printed as «configured to be enabled»; 为 (as) for 未 (not) is the likely slip.
  refused(120, 'NOT_ENABLED', 'The configuration is not enabled.', '配置为启用'),
  refused(
    121,
    'CHANNEL_NOT_CONNECTED',
    'The digital channel is not connected.',
    'MEDIA_CHN_NOTCONNECT  数字通道未连接',
  ),
  seen(124, 'ALGORITHM_ERROR', 'The login hash or its algorithm is not accepted.'),
  done(150, 'OK_RESTART_DEVICE', 'The request succeeded; the device must restart.', '成功，设备需要重启'),

  refused(202, 'USER_NOT_LOGGED_IN', 'The user has not logged in.', '用户未登录'),
  refused(203, 'WRONG_PASSWORD', 'The password is wrong.', '密码不正确'),
  refused(204, 'ILLEGAL_USER', 'The user is not valid.', '用户非法'),
  refused(
    205,
    'USER_LOCKED',
    'The user is locked out; devices say it of unknown users and of a refused RSA login too.',
    '用户被锁定',
  ),
  refused(206, 'USER_BLACKLISTED', 'The user is on the blacklist.', '用户在黑名单中'),
  refused(207, 'USER_ALREADY_LOGGED_IN', 'The user name has already logged in.', '用户名已经登录'),
  refused(208, 'ILLEGAL_INPUT', 'The input is not valid.', '输入不合法'),
  refused(
    209,
    'DUPLICATE_INDEX',
    'The index is taken, such as a user to be added that exists.',
    '索引重复如要增加的用户已经存在等',
  ),
  refused(210, 'QUERY_OBJECT_MISSING', 'The object of the query does not exist.', '不存在对象, 用于查询时'),
  refused(211, 'OBJECT_MISSING', 'The object does not exist.', '对象不存在'),
  refused(212, 'ACCOUNT_IN_USE', 'The account is in use.', '账号正在使用中'),
  refused(
    213,
    'SUBSET_TOO_LARGE',
    'The set exceeds the one it must lie within: group rights the known rights, user rights those of the group.',
    '子集超范围(如组的权限超过权限表，用户权限超出组的权限范围等等)',
  ),
  refused(214, 'ILLEGAL_PASSWORD', 'The password is not a permitted one.', '密码不合法'),
  refused(215, 'PASSWORD_MISMATCH', 'The passwords do not match.', '密码不匹配'),
  refused(216, 'RESERVED_ACCOUNT', 'The account is reserved.', '保留帐号'),
  seen(430, 'USER_NOT_FOUND', 'The user was not found.'),

  refused(502, 'ILLEGAL_COMMAND', 'The command is not valid.', '命令不合法'),
  refused(503, 'TALK_ALREADY_ON', 'A talk is already open.', '对讲已经开启'),
  refused(504, 'TALK_NOT_ON', 'No talk is open.', '对讲未开启'),
  refused(511, 'UPGRADE_ALREADY_STARTED', 'An upgrade has already started.', '已经开始升级'),
  refused(512, 'UPGRADE_NOT_STARTED', 'No upgrade has started.', '未开始升级'),
  refused(513, 'UPGRADE_BAD_DATA', 'The upgrade data are faulty.', '升级数据错误'),
  refused(514, 'UPGRADE_FAILED', 'The upgrade failed.', '升级失败'),
  done(515, 'UPGRADE_OK', 'The upgrade succeeded; some clients take it for OK elsewhere too.', '升级成功'),
  seen(517, 'CODE_517', 'Given in answer to an undocumented upgrade message; its meaning is not known.'),
  refused(521, 'RESTORE_FAILED', 'The defaults could not be restored.', '还原默认失败'),
  done(522, 'RESTART_DEVICE', 'The defaults are restored once the device restarts.', '需要重启设备'),
  refused(523, 'BAD_DEFAULTS', 'The default configuration is not valid.', '默认配置非法'),

  seen(601, 'IMPORT_FAILED', 'The imported configuration is not usable.'),
  done(
    602,
    'RESTART_APPLICATION',
    'The configuration takes effect once the application restarts.',
    '需要重启应用程序',
  ),
  done(603, 'RESTART_SYSTEM', 'The configuration takes effect once the system restarts.', '需要重启系统'),
  refused(604, 'WRITE_FAILED', 'The file could not be written.', '写文件出错'),
  refused(605, 'FEATURE_NOT_SUPPORTED', 'The feature is not supported.', '特性不支持'),
  refused(606, 'VERIFICATION_FAILED', 'The configuration did not pass verification.', '验证失败'),
  refused(607, 'CONFIG_MISSING', 'There is no such configuration.', '配置不存在'),
  refused(608, 'CONFIG_UNREADABLE', 'The configuration could not be parsed.', '配置解析出错'),
];

const BY_CODE: ReadonlyMap<number, ReturnCode> = new Map(RETURN_CODES.map((entry) => [entry.code, entry]));

/** What a `Ret` says; undefined for a code that neither the specification nor a device has explained. */
export function describeReturnCode(code: number): ReturnCode | undefined {
  return BY_CODE.get(code);
}

/** Whether a `Ret` says that the device did what was asked; a code that nobody has explained does not. */
export function saysDone(code: number): boolean {
  return BY_CODE.get(code)?.ok === true;
}
