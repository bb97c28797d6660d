/** What the simulated device answers about itself: information, configuration, files and log (field notes 10). */
import type { Json, JsonObject } from './body-text.ts';

const WEEK = 7;
const PERIODS = 6;

function everyDay(): readonly Json[] {
  return Array.from({ length: WEEK }, () =>
    Array.from({ length: PERIODS }, (_, period) =>
      period === 0 ? '1 00:00:00-24:00:00' : '0 00:00:00-24:00:00',
    ),
  );
}

function eventHandler(): JsonObject {
  const enables = [
    'AlarmOut',
    'Beep',
    'FTP',
    'Log',
    'Mail',
    'Matrix',
    'Message',
    'MsgtoNet',
    'MultimediaMsg',
  ];
  const more = ['Ptz', 'Record', 'ShortMsg', 'Snap', 'Tip', 'Tour', 'Voice'];
  const masks = ['AlarmOut', 'Matrix', 'Record', 'SnapShot', 'Tour'];
  return {
    AlarmInfo: '',
    AlarmOutLatch: 10,
    EventLatch: 1,
    PtzLink: Array.from({ length: 16 }, () => ['None', 0]),
    RecordLatch: 10,
    ShowInfo: false,
    ShowInfoMask: '0x0',
    TimeSection: everyDay(),
    ...Object.fromEntries([...enables, ...more].map((name) => [`${name}Enable`, name === 'Log'])),
    ...Object.fromEntries(masks.map((name) => [`${name}Mask`, '0x0'])),
  };
}

function motionDetect(): JsonObject {
  return {
    Enable: true,
    EventHandler: eventHandler(),
    Level: 3,
    Region: Array.from({ length: 32 }, () => '0x0000FFFF'),
  };
}

function perChannel(channels: number, one: () => Json): readonly Json[] {
  return Array.from({ length: channels }, one);
}

function encodeFormat(main: boolean): JsonObject {
  return {
    AudioEnable: true,
    Video: {
      BitRate: main ? 1024 : 256,
      BitRateControl: 'VBR',
      Compression: 'H.264',
      FPS: main ? 12 : 6,
      GOP: 2,
      Quality: 4,
      Resolution: main ? 'CIF' : 'QCIF',
    },
    VideoEnable: true,
  };
}

/** An IPv4 address as the device writes it: the four bytes as a little-endian number, in hexadecimal. */
export function addressText(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const number = (d << 24) | (c << 16) | (b << 8) | a;
  return `0x${(number >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The object that a device announces itself with in 1531 and keeps as NetWork.NetCommon. */
export function netCommon(address: string, identity: JsonObject = {}): JsonObject {
  return {
    GateWay: addressText('192.0.2.1'),
    HostIP: addressText(address),
    HostName: 'LocalHost',
    HttpPort: 80,
    MAC: '00:12:00:00:02:0a',
    MaxBps: 0,
    MonMode: 'TCP',
    SSLPort: 8443,
    Submask: addressText('255.255.255.0'),
    TCPMaxConn: 10,
    TCPPort: 34567,
    TransferPlan: 'Quality',
    UDPPort: 34568,
    UseHSDownLoad: false,
    ...identity,
  };
}

/** The part of the announcement that is no configuration. */
export function identity(channels: number): JsonObject {
  return { ChannelNum: channels, DeviceType: 1, SN: '0123456789abcdef', Version: 'V4.03.R11', Pid: '' };
}

/** The configuration objects by name. `channels` sets the size of those that are kept per channel. */
export function defaultConfiguration(address: string, channels: number): Map<string, Json> {
  const detect = {
    BlindDetect: perChannel(channels, motionDetect),
    LossDetect: perChannel(channels, () => ({ Enable: false, EventHandler: eventHandler() })),
    MotionDetect: perChannel(channels, motionDetect),
  };
  return new Map<string, Json>([
    ['NetWork.NetCommon', netCommon(address)],
    [
      'General.General',
      {
        AutoLogout: 0,
        FontSize: 24,
        IranCalendarEnable: 0,
        LocalNo: 8,
        MachineName: 'LocalHost',
        OverWrite: 'OverWrite',
        ScreenAutoShutdown: 10,
        ScreenSaveTime: 0,
        VideoOutPut: 'AUTO',
      },
    ],
    ['General.AutoMaintain', { AutoDeleteFilesDays: 0, AutoRebootDay: 'Tuesday', AutoRebootHour: 3 }],
    ['NetWork.NetDNS', { Address: addressText('192.0.2.1'), SpareAddress: addressText('192.0.2.2') }],
    [
      'Simplify.Encode',
      perChannel(channels, () => ({ ExtraFormat: encodeFormat(false), MainFormat: encodeFormat(true) })),
    ],
    [
      'ChannelTitle',
      perChannel(channels, () => '').map((_, at) => ['前门', '大厅', '车库', '后院'][at] ?? `CAM${at + 1}`),
    ],
    ['Detect', detect],
    ['Detect.MotionDetect', detect.MotionDetect],
    ['Detect.BlindDetect', detect.BlindDetect],
    ['Detect.LossDetect', detect.LossDetect],
  ]);
}

export function systemInformation(channels: number): JsonObject {
  return {
    SystemInfo: {
      AlarmInChannel: 4,
      AlarmOutChannel: 1,
      AudioInChannel: 1,
      BuildTime: '2019-05-14 10:21:43',
      CombineSwitch: 0,
      DeviceRunTime: '0x0000019A',
      DigChannel: 0,
      EncryptVersion: 'Unknown',
      ExtraChannel: 0,
      HardWare: 'NBD6804T-F',
      HardWareVersion: 'Unknown',
      SerialNo: '0123456789abcdef',
      SoftWareVersion: 'V4.03.R11.00000000.11004.0',
      TalkInChannel: 1,
      TalkOutChannel: 1,
      UpdataTime: '',
      UpdataType: '0x00000000',
      VideoInChannel: channels,
      VideoOutChannel: 1,
    },
    StorageInfo: [
      {
        PartNumber: 1,
        Partition: [
          {
            DirverType: 0,
            IsCurrent: true,
            LogicSerialNo: 0,
            NewEndTime: '2024-02-29 11:52:05',
            NewStartTime: '2024-02-01 10:58:42',
            OldEndTime: '2024-01-31 00:00:23',
            OldStartTime: '2000-00-00 00:00:00',
            RemainSpace: '0x00073130',
            Status: 0,
            TotalSpace: '0x000746FC',
          },
        ],
        PlysicalNo: 0,
      },
    ],
    WorkState: {
      AlarmState: { AlarmIn: 0, AlarmOut: 0, VideoBlind: 0, VideoLoss: 0, VideoMotion: 1 },
      ChannelState: perChannel(channels, () => ({ Bitrate: 13, Record: true })),
    },
  };
}

export const ABILITIES: JsonObject = {
  SystemFunction: {
    AlarmFunction: {
      AlarmConfig: true,
      BlindDetect: true,
      LossDetect: true,
      MotionDetect: true,
      NetAlarm: true,
    },
    EncodeFunction: { DoubleStream: true, SnapStream: true },
    NetServerFunction: { NetDHCP: true, NetDNS: true, NetNTP: true, Upnp: true },
    OtherFunction: { DownLoadPause: true, HDDLowSpaceAlarm: true },
    PreviewFunction: { Talk: true, Tour: true },
  },
  TalkAudioFormat: [{ BitRate: 64, EncodeType: 'G711_ALAW', SampleBit: 8, SampleRate: 8000 }],
};

export const RECORDED_FILE = '/idea0/2024-02-29/001/10.08.41-10.23.30[R][@7cb][0].h264';

export const RECORDED_FILES: readonly Json[] = [
  {
    BeginTime: '2024-02-29 10:08:41',
    DiskNo: 0,
    EndTime: '2024-02-29 10:23:30',
    FileLength: '0x0000007C',
    FileName: RECORDED_FILE,
    SerialNo: 0,
  },
  {
    BeginTime: '2024-02-29 10:23:30',
    DiskNo: 0,
    EndTime: '2024-02-29 10:40:02',
    FileLength: '0x00000081',
    FileName: '/idea0/2024-02-29/001/10.23.30-10.40.02[M][@7cc][0].h264',
    SerialNo: 0,
  },
];

export const DEVICE_LOG: readonly Json[] = [
  {
    Data: 'admin,DVRIP-Web:192.0.2.20',
    Position: 0,
    Time: '2024-02-29 10:00:00',
    Type: 'LogIn',
    User: 'admin',
  },
  { Data: 'MotionDetect,0', Position: 1, Time: '2024-02-29 10:08:41', Type: 'EventStart', User: 'System' },
];

export const USERS: readonly Json[] = [
  {
    AuthorityList: ['ShutDown', 'ChannelTitle', 'RecordConfig', 'Backup', 'Monitor_01', 'Replay_01'],
    Group: 'admin',
    Memo: "admin 's account",
    Name: 'admin',
    Password: 'tlJwpbo6',
    Reserved: true,
    Sharable: true,
  },
];
