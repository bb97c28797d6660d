# Completion of dvrscope for bash. Made by `npm run docs` from the command table.
_dvrscope_words() {
  local IFS=$' \t\n'
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}

_dvrscope_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
}

# Not compgen -W: it expands its words, and who names an interface must not run commands here.
_dvrscope_names() {
  local name
  while IFS= read -r name; do
    [[ $name == "$1"* ]] && printf -v name %q "$name" && COMPREPLY+=("$name")
  done < <(ls /sys/class/net 2>/dev/null)
}

_dvrscope() {
  local current=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) command= i
  COMPREPLY=()
  # readline takes the = of --name=value for a word of its own.
  [[ $current == = ]] && current= && at=$COMP_CWORD
  [[ ${COMP_WORDS[at]} == = ]] && at=$((at - 1))
  local previous=${COMP_WORDS[at]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -*) ;;
      summary|flows|sessions|messages|show|follow|check|extract|rules|explain|live|interfaces|doctor|schema|completion) command=${COMP_WORDS[i]}; break ;;
      *) command=summary; break ;;
    esac
  done

  case $command in
    summary)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --json -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    flows)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --json --digest -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    sessions)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        --ladder) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --json --ladder --svg -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    messages)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        -Y|--display-filter) :; return ;;
        --fields) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --json -Y --display-filter --fields --body -l --line-buffered -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    show)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    follow)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        --flow) :; return ;;
        --from) _dvrscope_words 'client server' "$current"; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --flow --from --raw -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    check)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        --format) _dvrscope_words 'text json junit sarif markdown' "$current"; return ;;
        -o|--output) _dvrscope_paths -f "$current"; return ;;
        --fail-on) _dvrscope_words 'error warning note never' "$current"; return ;;
        --require-coverage) :; return ;;
        --config) _dvrscope_paths -f "$current"; return ;;
        --baseline) _dvrscope_paths -f "$current"; return ;;
        --write-baseline) _dvrscope_paths -f "$current"; return ;;
        --expect) _dvrscope_paths -f "$current"; return ;;
        -i|--interface) _dvrscope_names "$current"; return ;;
        -f|--capture-filter) :; return ;;
        -B|--buffer-size) :; return ;;
        -s|--snapshot-length) :; return ;;
        --engine) _dvrscope_words 'dumpcap tcpdump cap pipe' "$current"; return ;;
        -a|--autostop) :; return ;;
        -w|--write) _dvrscope_paths -f "$current"; return ;;
        -b|--ring-buffer) :; return ;;
        --max-memory) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet --format -o --output --fail-on --require-complete --require-coverage --live --config --baseline --write-baseline --expect --verbose -i --interface -f --capture-filter --all-ports -B --buffer-size -s --snapshot-length -p --no-promiscuous-mode --engine -a --autostop -w --write -b --ring-buffer --max-memory -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    extract)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        -o|--output) _dvrscope_paths -d "$current"; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet -o --output --force --mp4 -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    rules)
      if [[ $current == -* ]]; then
        _dvrscope_words '--json --no-color -h --help' "$current"
      else
        _dvrscope_words 'alarm body claim direction discovery download exchange fragments framing header keepalive login media monitor playback registration return-code search security sequence session snapshot talk transfer upgrade alarm/answered alarm/centre-message alarm/only-when-guarded alarm/says-what-and-where alarm/start-and-stop-alternate alarm/unguard-stops body/duplicate-key body/json-cut body/json-habit body/json-slip body/missing-key body/not-json body/not-utf8 body/null body/number-as-text body/number-for-flag body/other-case-key body/other-session body/padded-key body/session-form body/session-id-in-body body/text-as-number body/unknown-key body/unknown-return-code body/unusual-form body/unusual-length body/unusual-value body/wrong-type body/wrong-value claim/answered-before-start claim/before-media claim/before-start claim/carries-session-id claim/on-own-socket claim/used direction/control-on-control-socket direction/media-from-its-sender direction/pushes-from-device direction/replies-from-device direction/requests-from-client discovery/bare-probe discovery/no-session discovery/on-port-34569 discovery/reply-has-address discovery/set-answered download/complete download/data-after-start download/ends-with-end-flag exchange/answered-in-time exchange/answered-once exchange/in-order exchange/name-as-requested exchange/reply-asked-for exchange/request-answered fragments/each-within-16k fragments/in-order fragments/index-below-total fragments/same-sequence fragments/same-total framing/cut-message framing/dahua-header framing/missing-fragments framing/oversized-body framing/skipped-bytes header/data-within-16k header/end-flag-value header/end-flag-where-data-ends header/known-message-id header/reply-session-id header/reserved-bytes header/session-id-carried header/session-id-zero-at-login header/total-packet header/version header/version-one keepalive/answered keepalive/in-time keepalive/interval-sane keepalive/on-control-socket login/answered login/before-requests login/by-who-connects login/encrypt-type login/gives-session-id login/login-type login/once-per-socket media/audio-steady media/chunk-framing media/clock-steady media/frame-rate-as-announced media/frames-as-codec-says monitor/channel-in-header monitor/data-after-start monitor/socket-closed-after-stop monitor/start-matches-claim monitor/starts-with-key-frame monitor/stop-names-running-stream monitor/stops-after-stop playback/at-most-four playback/close-closes-socket playback/controls-need-start playback/data-after-start playback/ends-with-end-flag playback/file-from-search playback/nothing-after-end playback/one-per-channel playback/share-one-socket playback/stop-keeps-socket playback/stops-after-stop playback/time-range registration/client-assigns-id registration/device-logs-in-first registration/requested-before-claim return-code/fits-message return-code/success-carries-data search/log-positions-ascend search/page-not-over-64 search/range-sane search/reply-within-range security/account-operation security/blank-password security/credentials-in-configuration security/cve-2024-3765 security/default-password security/firmware-operation security/plain-password security/privileged-without-login security/published-key security/random-user security/readable-login security/repeated-login-failures security/reset-operation security/session-from-other-host security/telnet-control security/users-list sequence/counts-up sequence/media-counts-up sequence/media-starts-at-one sequence/starts-at-zero sequence/wraps-to-zero session/control-socket-outlives-data session/id-unique session/logout-before-close session/logout-on-own-socket session/nothing-after-forced-logout session/nothing-after-logout session/survives-alive-interval snapshot/picture-or-reason talk/audio-as-announced talk/channel-zero talk/data-after-start talk/one-at-a-time talk/stops-after-stop transfer/export-within-64k upgrade/acknowledged-packet-by-packet upgrade/counts-blocks upgrade/end-flag-on-last upgrade/ends-with-result upgrade/no-cancel-once-begun upgrade/not-twice upgrade/progress-ascends upgrade/progress-in-range upgrade/start-first upgrade/stops-after-error' "$current"
      fi
      ;;
    explain)
      if [[ $current == -* ]]; then
        _dvrscope_words '--no-color -h --help' "$current"
      else
        _dvrscope_words 'LOGIN_REQ LOGIN_RSP LOGOUT_REQ LOGOUT_RSP FORCELOGOUT_REQ FORCELOGOUT_RSP KEEPALIVE_REQ KEEPALIVE_RSP SYSINFO_REQ SYSINFO_RSP CONFIG_SET CONFIG_SET_RSP CONFIG_GET CONFIG_GET_RSP DEFAULT_CONFIG_GET DEFAULT_CONFIG_GET_RSP CONFIG_CHANNELTITLE_SET CONFIG_CHANNELTITLE_SET_RSP CONFIG_CHANNELTITLE_GET CONFIG_CHANNELTITLE_GET_RSP CONFIG_CHANNELTITLE_DOT_SET CONFIG_CHANNELTITLE_DOT_SET_RSP SYSTEM_DEBUG_REQ SYSTEM_DEBUG_RSP ABILITY_GET ABILITY_GET_RSP PTZ_REQ PTZ_RSP MONITOR_REQ MONITOR_RSP MONITOR_DATA MONITOR_CLAIM MONITOR_CLAIM_RSP PLAY_REQ PLAY_RSP PLAY_DATA PLAY_EOF PLAY_CLAIM PLAY_CLAIM_RSP DOWNLOAD_DATA TALK_REQ TALK_RSP TALK_CU_PU_DATA TALK_PU_CU_DATA TALK_CLAIM TALK_CLAIM_RSP FILESEARCH_REQ FILESEARCH_RSP LOGSEARCH_REQ LOGSEARCH_RSP FILESEARCH_BYTIME_REQ FILESEARCH_BYTIME_RSP SYSMANAGER_REQ SYSMANAGER_RSP TIMEQUERY_REQ TIMEQUERY_RSP DISKMANAGER_REQ DISKMANAGER_RSP FULLAUTHORITYLIST_GET FULLAUTHORITYLIST_GET_RSP USERS_GET USERS_GET_RSP GROUPS_GET GROUPS_GET_RSP ADDGROUP_REQ ADDGROUP_RSP MODIFYGROUP_REQ MODIFYGROUP_RSP DELETEGROUP_REQ DELETEGROUP_RSP ADDUSER_REQ ADDUSER_RSP MODIFYUSER_REQ MODIFYUSER_RSP DELETEUSER_REQ DELETEUSER_RSP MODIFYPASSWORD_REQ MODIFYPASSWORD_RSP GUARD_REQ GUARD_RSP UNGUARD_REQ UNGUARD_RSP ALARM_REQ ALARM_RSP NET_ALARM_REQ NET_ALARM_RSP ALARMCENTER_MSG_REQ UPGRADE_REQ UPGRADE_RSP UPGRADE_DATA UPGRADE_DATA_RSP UPGRADE_PROGRESS UPGRADE_INFO_REQ UPGRADE_INFO_RSP IPSEARCH_REQ IPSEARCH_RSP IP_SET_REQ IP_SET_RSP CONFIG_IMPORT_REQ CONFIG_IMPORT_RSP CONFIG_EXPORT_REQ CONFIG_EXPORT_RSP LOG_EXPORT_REQ LOG_EXPORT_RSP NET_KEYBOARD_REQ NET_KEYBOARD_RSP NET_SNAP_REQ NET_SNAP_RSP SET_IFRAME_REQ SET_IFRAME_RSP RS232_READ_REQ RS232_READ_RSP RS232_WRITE_REQ RS232_WRITE_RSP RS485_READ_REQ RS485_READ_RSP RS485_WRITE_REQ RS485_WRITE_RSP TRANSPARENT_COMM_REQ TRANSPARENT_COMM_RSP RS485_TRANSPARENT_DATA_REQ RS485_TRANSPARENT_DATA_RSP RS232_TRANSPARENT_DATA_REQ RS232_TRANSPARENT_DATA_RSP SYNC_TIME_REQ SYNC_TIME_RSP PHOTO_GET_REQ PHOTO_GET_RSP ENCRYPTION_INFO_REQ ENCRYPTION_INFO_RSP CHANNEL_ABILITY_GET CHANNEL_ABILITY_GET_RSP AVTALK_REQ AVTALK_RSP AVTALK_CLAIM AVTALK_CLAIM_RSP AVTALK_DATA CALENDAR_REQ CALENDAR_RSP SEARCH_VARIANT_REQ SEARCH_VARIANT_RSP TUP_DATA_1_REQ TUP_DATA_1_RSP TUP_DATA_2_REQ TUP_DATA_2_RSP MAIL_TEST_REQ MAIL_TEST_RSP NET_SEARCH_REQ NET_SEARCH_RSP NET_FILE_CONTROL_REQ NET_FILE_CONTROL_RSP CUSTOM_EXPORT_REQ CUSTOM_EXPORT_RSP MUSIC_FILE_QUERY_REQ MUSIC_FILE_QUERY_RSP AUTHORIZE_STATUS_REQ AUTHORIZE_STATUS_RSP OSD_SET OSD_SET_RSP RANDOM_USER_REQ RANDOM_USER_RSP EVENT_TEXT_GET EVENT_TEXT_GET_RSP VERSION_LIST_REQ VERSION_LIST_RSP FTP_TEST_REQ FTP_TEST_RSP CONSUMER_PRO_CMD_REQ CONSUMER_PRO_CMD_RSP VERSION_REPORT_REQ VERSION_REPORT_RSP CALENDAR_YEAR_REQ CALENDAR_YEAR_RSP BREVIARY_PICTURE_REQ BREVIARY_PICTURE_RSP TELNET_CONTROL_REQ TELNET_CONTROL_RSP RECORD_SNAP_REQ RECORD_SNAP_RSP DEVICE_INFO_REQ DEVICE_INFO_RSP PGS_STATE_GET PGS_STATE_GET_RSP PGS_IMAGE_GET PGS_IMAGE_GET_RSP CUSTOM_DATA_SET CUSTOM_DATA_SET_RSP CUSTOM_DATA_GET CUSTOM_DATA_GET_RSP ACTIVATION_CODE_GET ACTIVATION_CODE_GET_RSP DVR_INFO_CONTROL_REQ DVR_INFO_CONTROL_RSP FEED_BOOK_SET FEED_BOOK_SET_RSP FEED_BOOK_GET FEED_BOOK_GET_RSP FEED_MANUAL_SET FEED_MANUAL_SET_RSP FEED_HISTORY_GET FEED_HISTORY_GET_RSP FEED_HISTORY_SET FEED_HISTORY_SET_RSP FILE_REQ FILE_RSP BINARY_2062 BINARY_2063 BINARY_2122 BINARY_2123 BINARY_2140 BINARY_3016 AVEnc.Encode Simplify.Encode AVEnc.CombineEncode AVEnc.EncodeStaticParam AVEnc.SmartH264 AVEnc.SmartH264V2 AVEnc.VideoColor AVEnc.VideoWidget fVideo.Volume fVideo.VideoOut fVideo.AudioInFormat fVideo.Tour fVideo.TVAdjust fVideo.Play fVideo.VideoOutPriority fVideo.OSDInfo fVideo.GUISet VideoDec VideoChannel Media.DecodeParam ChannelTitle Camera.Param Camera.ParamEx Camera.ClearFog Camera.WhiteLight Record ExtRecord Storage.Snapshot Snap.SnapConfig Storage.StoragePosition Storage.StorageNotExist Storage.StorageLowSpace Storage.StorageFailure Detect.MotionDetect Detect.BlindDetect Detect.LossDetect Detect.HumanDetection Alarm.LocalAlarm Alarm.IPCAlarm Alarm.NetAlarm Alarm.NetAbort Alarm.NetIPConflict Alarm.PTZAlarmProtocol Alarm.AlarmOut Alarm.PIR NetWork.NetCommon NetIP NetWork.NetDHCP NetWork.NetDNS NetWork.NetPPPoE NetWork.Net3G NetWork.Wifi NetWork.NetOrder NetWork.IPAdaptive NetWork.NetIPFilter NetWork.NetDDNS NetWork.NetARSP NetWork.Upnp NetWork.ChnStatus NetWork.AlarmServer NetWork.NetEmail NetWork.NetFTP NetWork.NetNTP NetWork.NetMobile NetWork.ShortMsg NetWork.MultimediaMsg NetWork.DAS NetWork.PMS NetWork.Nat NetWork.OnlineUpgrade NetWork.OnvifPwdCheckout NetWork.RTSP NetWork.TranCommData NetWork.RemoteDevice NetWork.RemoteDeviceV3 NetWork.DigTimeSyn General.General General.Location General.AutoMaintain General.SystemState General.PwdSafety System.TimeZone System.ExUserMap Status.NatInfo PMS.num OEMcfg.Correspondent AppDowloadLink BrowserLanguage Uart.Comm Uart.PTZ Uart.RS485 Uart.PTZPreset Uart.PTZTour Ability.EncodePower Ability.SupportVstd Ability.DeviceDesc Ability.VGAResolution Ability.GUIThemeList Ability.DigitalReal Ability.SerialNo Ability.VoiceTipType FbExtraStateCtrl WorkMode NetUse.DigitalAbility Product definition Upgrade description file Event data: Upgrade Event data: NewFile SystemFunction EncodeCapability BlindCapability MotionArea DDNSService ComProtocol PTZProtocol UartProtocol MultiLanguage MultiVstd TalkAudioFormat VideoAbility Intelligent NetAbility NetOrder EncStaticParam MaxPreRecord SupportExtRecord AHDEncodeL Encode264ability VencMaxFps DimenCode QuestionDelivery ChannelSystemFunction Camera SystemInfo StorageInfo WorkState WifiAPALL GPSStatus WIFIStatus 3GStatus DASStatus OEMInfo 4GInfo EncyptChipInfo AuthorityList Users User Groups Group AlarmInfo NetAlarmCenterMsg OPNetAlarm OPPhone OPMachine OPDefaultConfig OPLogManager OPTimeQuery OPTimeSetting OPTimeSettingNoRTC OPNetModeSwitch SerialPortsInfo DebugCamera OPStorageManager OPSystemUpgrade OPSystemConfig Operation OPPTZControl OPMonitor OPPlayBack OPTalk AVTalk OPSNAP OPSnap OPNetKeyboard OPFileQuery FileList OPLogQuery LogList OPSCalendar OPNetSerach OPLocalSearch OPMusicFileQuery OPBreviaryPic OPMailTest OPFTPTest OPDIGSetIP OPNetFileContral OPVersionList OPVersionRep OPTelnetControl OPFile DevInfo GetRandomUser ChangeRandomUser OPFeedManual OPFeedBook OPFeedHistory OPTUpData OPRecordSnap OPSetOSD OPConsumerProCmd OPGetPgsState OPPgsGetImg OPSetCustomData OPGetCustomData OPGetActivationCode OPCtrlDVRInfo alarm/answered alarm/centre-message alarm/only-when-guarded alarm/says-what-and-where alarm/start-and-stop-alternate alarm/unguard-stops body/duplicate-key body/json-cut body/json-habit body/json-slip body/missing-key body/not-json body/not-utf8 body/null body/number-as-text body/number-for-flag body/other-case-key body/other-session body/padded-key body/session-form body/session-id-in-body body/text-as-number body/unknown-key body/unknown-return-code body/unusual-form body/unusual-length body/unusual-value body/wrong-type body/wrong-value claim/answered-before-start claim/before-media claim/before-start claim/carries-session-id claim/on-own-socket claim/used direction/control-on-control-socket direction/media-from-its-sender direction/pushes-from-device direction/replies-from-device direction/requests-from-client discovery/bare-probe discovery/no-session discovery/on-port-34569 discovery/reply-has-address discovery/set-answered download/complete download/data-after-start download/ends-with-end-flag exchange/answered-in-time exchange/answered-once exchange/in-order exchange/name-as-requested exchange/reply-asked-for exchange/request-answered fragments/each-within-16k fragments/in-order fragments/index-below-total fragments/same-sequence fragments/same-total framing/cut-message framing/dahua-header framing/missing-fragments framing/oversized-body framing/skipped-bytes header/data-within-16k header/end-flag-value header/end-flag-where-data-ends header/known-message-id header/reply-session-id header/reserved-bytes header/session-id-carried header/session-id-zero-at-login header/total-packet header/version header/version-one keepalive/answered keepalive/in-time keepalive/interval-sane keepalive/on-control-socket login/answered login/before-requests login/by-who-connects login/encrypt-type login/gives-session-id login/login-type login/once-per-socket media/audio-steady media/chunk-framing media/clock-steady media/frame-rate-as-announced media/frames-as-codec-says monitor/channel-in-header monitor/data-after-start monitor/socket-closed-after-stop monitor/start-matches-claim monitor/starts-with-key-frame monitor/stop-names-running-stream monitor/stops-after-stop playback/at-most-four playback/close-closes-socket playback/controls-need-start playback/data-after-start playback/ends-with-end-flag playback/file-from-search playback/nothing-after-end playback/one-per-channel playback/share-one-socket playback/stop-keeps-socket playback/stops-after-stop playback/time-range registration/client-assigns-id registration/device-logs-in-first registration/requested-before-claim return-code/fits-message return-code/success-carries-data search/log-positions-ascend search/page-not-over-64 search/range-sane search/reply-within-range security/account-operation security/blank-password security/credentials-in-configuration security/cve-2024-3765 security/default-password security/firmware-operation security/plain-password security/privileged-without-login security/published-key security/random-user security/readable-login security/repeated-login-failures security/reset-operation security/session-from-other-host security/telnet-control security/users-list sequence/counts-up sequence/media-counts-up sequence/media-starts-at-one sequence/starts-at-zero sequence/wraps-to-zero session/control-socket-outlives-data session/id-unique session/logout-before-close session/logout-on-own-socket session/nothing-after-forced-logout session/nothing-after-logout session/survives-alive-interval snapshot/picture-or-reason talk/audio-as-announced talk/channel-zero talk/data-after-start talk/one-at-a-time talk/stops-after-stop transfer/export-within-64k upgrade/acknowledged-packet-by-packet upgrade/counts-blocks upgrade/end-flag-on-last upgrade/ends-with-result upgrade/no-cancel-once-begun upgrade/not-twice upgrade/progress-ascends upgrade/progress-in-range upgrade/start-first upgrade/stops-after-error' "$current"
      fi
      ;;
    live)
      case $previous in
        -r|--read-file) _dvrscope_paths -f "$current"; return ;;
        -d|--decode-as) :; return ;;
        -c|--count) :; return ;;
        --dialect) _dvrscope_words 'auto field spec' "$current"; return ;;
        --key) :; return ;;
        -i|--interface) _dvrscope_names "$current"; return ;;
        -f|--capture-filter) :; return ;;
        -B|--buffer-size) :; return ;;
        -s|--snapshot-length) :; return ;;
        --engine) _dvrscope_words 'dumpcap tcpdump cap pipe' "$current"; return ;;
        -a|--autostop) :; return ;;
        -w|--write) _dvrscope_paths -f "$current"; return ;;
        -b|--ring-buffer) :; return ;;
        --max-memory) :; return ;;
        -Y|--display-filter) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-r --read-file -d --decode-as -c --count --dialect --key --show-secrets --no-color -q --quiet -i --interface -f --capture-filter --all-ports -B --buffer-size -s --snapshot-length -p --no-promiscuous-mode --engine -a --autostop -w --write -b --ring-buffer --max-memory -D --list-interfaces --json --lines -Y --display-filter --body -l --line-buffered -h --help' "$current"
      fi
      ;;
    interfaces)
      if [[ $current == -* ]]; then
        _dvrscope_words '--json --no-color -h --help' "$current"
      fi
      ;;
    doctor)
      case $previous in
        -i|--interface) _dvrscope_names "$current"; return ;;
        --seconds) :; return ;;
        -d|--decode-as) :; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-i --interface --seconds -d --decode-as --json --no-color -h --help' "$current"
      else
        _dvrscope_paths -f "$current"
      fi
      ;;
    schema)
      case $previous in
        -o|--output) _dvrscope_paths -d "$current"; return ;;
      esac
      if [[ $current == -* ]]; then
        _dvrscope_words '-o --output -h --help' "$current"
      fi
      ;;
    completion)
      if [[ $current == -* ]]; then
        _dvrscope_words '-h --help' "$current"
      else
        _dvrscope_words 'bash zsh fish' "$current"
      fi
      ;;
    '')
      if [[ $current == -* ]]; then
        _dvrscope_words '-V --version -h --help' "$current"
      else
        _dvrscope_words 'summary flows sessions messages show follow check extract rules explain live interfaces doctor schema completion' "$current"
        _dvrscope_paths -f "$current"
      fi
      ;;
  esac
}

complete -F _dvrscope dvrscope
