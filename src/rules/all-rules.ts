/** Every rule. Made by `node list-rules.mjs` from the folders here; `npm run build` keeps it current. */

import alarmAnswered from './alarm/answered.ts';
import alarmCentreMessage from './alarm/centre-message.ts';
import alarmOnlyWhenGuarded from './alarm/only-when-guarded.ts';
import alarmSaysWhatAndWhere from './alarm/says-what-and-where.ts';
import alarmStartAndStopAlternate from './alarm/start-and-stop-alternate.ts';
import alarmUnguardStops from './alarm/unguard-stops.ts';
import bodyDuplicateKey from './body/duplicate-key.ts';
import bodyJsonCut from './body/json-cut.ts';
import bodyJsonHabit from './body/json-habit.ts';
import bodyJsonSlip from './body/json-slip.ts';
import bodyMissingKey from './body/missing-key.ts';
import bodyNotJson from './body/not-json.ts';
import bodyNotUtf8 from './body/not-utf8.ts';
import bodyNull from './body/null.ts';
import bodyNumberAsText from './body/number-as-text.ts';
import bodyNumberForFlag from './body/number-for-flag.ts';
import bodyOtherCaseKey from './body/other-case-key.ts';
import bodyOtherSession from './body/other-session.ts';
import bodyPaddedKey from './body/padded-key.ts';
import bodySessionForm from './body/session-form.ts';
import bodySessionIdInBody from './body/session-id-in-body.ts';
import bodyTextAsNumber from './body/text-as-number.ts';
import bodyUnknownKey from './body/unknown-key.ts';
import bodyUnknownReturnCode from './body/unknown-return-code.ts';
import bodyUnusualForm from './body/unusual-form.ts';
import bodyUnusualLength from './body/unusual-length.ts';
import bodyUnusualValue from './body/unusual-value.ts';
import bodyWrongType from './body/wrong-type.ts';
import bodyWrongValue from './body/wrong-value.ts';
import claimAnsweredBeforeStart from './claim/answered-before-start.ts';
import claimBeforeMedia from './claim/before-media.ts';
import claimBeforeStart from './claim/before-start.ts';
import claimCarriesSessionId from './claim/carries-session-id.ts';
import claimOnOwnSocket from './claim/on-own-socket.ts';
import claimUsed from './claim/used.ts';
import directionControlOnControlSocket from './direction/control-on-control-socket.ts';
import directionMediaFromItsSender from './direction/media-from-its-sender.ts';
import directionPushesFromDevice from './direction/pushes-from-device.ts';
import directionRepliesFromDevice from './direction/replies-from-device.ts';
import directionRequestsFromClient from './direction/requests-from-client.ts';
import discoveryBareProbe from './discovery/bare-probe.ts';
import discoveryNoSession from './discovery/no-session.ts';
import discoveryOnPort34569 from './discovery/on-port-34569.ts';
import discoveryReplyHasAddress from './discovery/reply-has-address.ts';
import discoverySetAnswered from './discovery/set-answered.ts';
import downloadComplete from './download/complete.ts';
import downloadDataAfterStart from './download/data-after-start.ts';
import downloadEndsWithEndFlag from './download/ends-with-end-flag.ts';
import exchangeAnsweredInTime from './exchange/answered-in-time.ts';
import exchangeAnsweredOnce from './exchange/answered-once.ts';
import exchangeInOrder from './exchange/in-order.ts';
import exchangeNameAsRequested from './exchange/name-as-requested.ts';
import exchangeReplyAskedFor from './exchange/reply-asked-for.ts';
import exchangeRequestAnswered from './exchange/request-answered.ts';
import fragmentsEachWithin16k from './fragments/each-within-16k.ts';
import fragmentsInOrder from './fragments/in-order.ts';
import fragmentsIndexBelowTotal from './fragments/index-below-total.ts';
import fragmentsSameSequence from './fragments/same-sequence.ts';
import fragmentsSameTotal from './fragments/same-total.ts';
import framingCutMessage from './framing/cut-message.ts';
import framingDahuaHeader from './framing/dahua-header.ts';
import framingMissingFragments from './framing/missing-fragments.ts';
import framingOversizedBody from './framing/oversized-body.ts';
import framingSkippedBytes from './framing/skipped-bytes.ts';
import headerDataWithin16k from './header/data-within-16k.ts';
import headerEndFlagValue from './header/end-flag-value.ts';
import headerEndFlagWhereDataEnds from './header/end-flag-where-data-ends.ts';
import headerKnownMessageId from './header/known-message-id.ts';
import headerReplySessionId from './header/reply-session-id.ts';
import headerReservedBytes from './header/reserved-bytes.ts';
import headerSessionIdCarried from './header/session-id-carried.ts';
import headerSessionIdZeroAtLogin from './header/session-id-zero-at-login.ts';
import headerTotalPacket from './header/total-packet.ts';
import headerVersion from './header/version.ts';
import headerVersionOne from './header/version-one.ts';
import keepaliveAnswered from './keepalive/answered.ts';
import keepaliveInTime from './keepalive/in-time.ts';
import keepaliveIntervalSane from './keepalive/interval-sane.ts';
import keepaliveOnControlSocket from './keepalive/on-control-socket.ts';
import loginAnswered from './login/answered.ts';
import loginBeforeRequests from './login/before-requests.ts';
import loginByWhoConnects from './login/by-who-connects.ts';
import loginEncryptType from './login/encrypt-type.ts';
import loginGivesSessionId from './login/gives-session-id.ts';
import loginLoginType from './login/login-type.ts';
import loginOncePerSocket from './login/once-per-socket.ts';
import mediaAudioSteady from './media/audio-steady.ts';
import mediaChunkFraming from './media/chunk-framing.ts';
import mediaClockSteady from './media/clock-steady.ts';
import mediaFrameRateAsAnnounced from './media/frame-rate-as-announced.ts';
import mediaFramesAsCodecSays from './media/frames-as-codec-says.ts';
import monitorChannelInHeader from './monitor/channel-in-header.ts';
import monitorDataAfterStart from './monitor/data-after-start.ts';
import monitorSocketClosedAfterStop from './monitor/socket-closed-after-stop.ts';
import monitorStartMatchesClaim from './monitor/start-matches-claim.ts';
import monitorStartsWithKeyFrame from './monitor/starts-with-key-frame.ts';
import monitorStopNamesRunningStream from './monitor/stop-names-running-stream.ts';
import monitorStopsAfterStop from './monitor/stops-after-stop.ts';
import playbackAtMostFour from './playback/at-most-four.ts';
import playbackCloseClosesSocket from './playback/close-closes-socket.ts';
import playbackControlsNeedStart from './playback/controls-need-start.ts';
import playbackDataAfterStart from './playback/data-after-start.ts';
import playbackEndsWithEndFlag from './playback/ends-with-end-flag.ts';
import playbackFileFromSearch from './playback/file-from-search.ts';
import playbackNothingAfterEnd from './playback/nothing-after-end.ts';
import playbackOnePerChannel from './playback/one-per-channel.ts';
import playbackShareOneSocket from './playback/share-one-socket.ts';
import playbackStopKeepsSocket from './playback/stop-keeps-socket.ts';
import playbackStopsAfterStop from './playback/stops-after-stop.ts';
import playbackTimeRange from './playback/time-range.ts';
import registrationClientAssignsId from './registration/client-assigns-id.ts';
import registrationDeviceLogsInFirst from './registration/device-logs-in-first.ts';
import registrationRequestedBeforeClaim from './registration/requested-before-claim.ts';
import returnCodeFitsMessage from './return-code/fits-message.ts';
import returnCodeSuccessCarriesData from './return-code/success-carries-data.ts';
import type { Rule } from './rule.ts';
import searchLogPositionsAscend from './search/log-positions-ascend.ts';
import searchPageNotOver64 from './search/page-not-over-64.ts';
import searchRangeSane from './search/range-sane.ts';
import searchReplyWithinRange from './search/reply-within-range.ts';
import securityAccountOperation from './security/account-operation.ts';
import securityBlankPassword from './security/blank-password.ts';
import securityCredentialsInConfiguration from './security/credentials-in-configuration.ts';
import securityCve20243765 from './security/cve-2024-3765.ts';
import securityDefaultPassword from './security/default-password.ts';
import securityFirmwareOperation from './security/firmware-operation.ts';
import securityPlainPassword from './security/plain-password.ts';
import securityPrivilegedWithoutLogin from './security/privileged-without-login.ts';
import securityPublishedKey from './security/published-key.ts';
import securityRandomUser from './security/random-user.ts';
import securityReadableLogin from './security/readable-login.ts';
import securityRepeatedLoginFailures from './security/repeated-login-failures.ts';
import securityResetOperation from './security/reset-operation.ts';
import securitySessionFromOtherHost from './security/session-from-other-host.ts';
import securityTelnetControl from './security/telnet-control.ts';
import securityUsersList from './security/users-list.ts';
import sequenceCountsUp from './sequence/counts-up.ts';
import sequenceMediaCountsUp from './sequence/media-counts-up.ts';
import sequenceMediaStartsAtOne from './sequence/media-starts-at-one.ts';
import sequenceStartsAtZero from './sequence/starts-at-zero.ts';
import sequenceWrapsToZero from './sequence/wraps-to-zero.ts';
import sessionControlSocketOutlivesData from './session/control-socket-outlives-data.ts';
import sessionIdUnique from './session/id-unique.ts';
import sessionLogoutBeforeClose from './session/logout-before-close.ts';
import sessionLogoutOnOwnSocket from './session/logout-on-own-socket.ts';
import sessionNothingAfterForcedLogout from './session/nothing-after-forced-logout.ts';
import sessionNothingAfterLogout from './session/nothing-after-logout.ts';
import sessionSurvivesAliveInterval from './session/survives-alive-interval.ts';
import snapshotPictureOrReason from './snapshot/picture-or-reason.ts';
import talkAudioAsAnnounced from './talk/audio-as-announced.ts';
import talkChannelZero from './talk/channel-zero.ts';
import talkDataAfterStart from './talk/data-after-start.ts';
import talkOneAtATime from './talk/one-at-a-time.ts';
import talkStopsAfterStop from './talk/stops-after-stop.ts';
import transferExportWithin64k from './transfer/export-within-64k.ts';
import upgradeAcknowledgedPacketByPacket from './upgrade/acknowledged-packet-by-packet.ts';
import upgradeCountsBlocks from './upgrade/counts-blocks.ts';
import upgradeEndFlagOnLast from './upgrade/end-flag-on-last.ts';
import upgradeEndsWithResult from './upgrade/ends-with-result.ts';
import upgradeNoCancelOnceBegun from './upgrade/no-cancel-once-begun.ts';
import upgradeNotTwice from './upgrade/not-twice.ts';
import upgradeProgressAscends from './upgrade/progress-ascends.ts';
import upgradeProgressInRange from './upgrade/progress-in-range.ts';
import upgradeStartFirst from './upgrade/start-first.ts';
import upgradeStopsAfterError from './upgrade/stops-after-error.ts';

export const ALL_RULES: readonly Rule[] = [
  alarmAnswered,
  alarmCentreMessage,
  alarmOnlyWhenGuarded,
  alarmSaysWhatAndWhere,
  alarmStartAndStopAlternate,
  alarmUnguardStops,
  bodyDuplicateKey,
  bodyJsonCut,
  bodyJsonHabit,
  bodyJsonSlip,
  bodyMissingKey,
  bodyNotJson,
  bodyNotUtf8,
  bodyNull,
  bodyNumberAsText,
  bodyNumberForFlag,
  bodyOtherCaseKey,
  bodyOtherSession,
  bodyPaddedKey,
  bodySessionForm,
  bodySessionIdInBody,
  bodyTextAsNumber,
  bodyUnknownKey,
  bodyUnknownReturnCode,
  bodyUnusualForm,
  bodyUnusualLength,
  bodyUnusualValue,
  bodyWrongType,
  bodyWrongValue,
  claimAnsweredBeforeStart,
  claimBeforeMedia,
  claimBeforeStart,
  claimCarriesSessionId,
  claimOnOwnSocket,
  claimUsed,
  directionControlOnControlSocket,
  directionMediaFromItsSender,
  directionPushesFromDevice,
  directionRepliesFromDevice,
  directionRequestsFromClient,
  discoveryBareProbe,
  discoveryNoSession,
  discoveryOnPort34569,
  discoveryReplyHasAddress,
  discoverySetAnswered,
  downloadComplete,
  downloadDataAfterStart,
  downloadEndsWithEndFlag,
  exchangeAnsweredInTime,
  exchangeAnsweredOnce,
  exchangeInOrder,
  exchangeNameAsRequested,
  exchangeReplyAskedFor,
  exchangeRequestAnswered,
  fragmentsEachWithin16k,
  fragmentsInOrder,
  fragmentsIndexBelowTotal,
  fragmentsSameSequence,
  fragmentsSameTotal,
  framingCutMessage,
  framingDahuaHeader,
  framingMissingFragments,
  framingOversizedBody,
  framingSkippedBytes,
  headerDataWithin16k,
  headerEndFlagValue,
  headerEndFlagWhereDataEnds,
  headerKnownMessageId,
  headerReplySessionId,
  headerReservedBytes,
  headerSessionIdCarried,
  headerSessionIdZeroAtLogin,
  headerTotalPacket,
  headerVersion,
  headerVersionOne,
  keepaliveAnswered,
  keepaliveInTime,
  keepaliveIntervalSane,
  keepaliveOnControlSocket,
  loginAnswered,
  loginBeforeRequests,
  loginByWhoConnects,
  loginEncryptType,
  loginGivesSessionId,
  loginLoginType,
  loginOncePerSocket,
  mediaAudioSteady,
  mediaChunkFraming,
  mediaClockSteady,
  mediaFrameRateAsAnnounced,
  mediaFramesAsCodecSays,
  monitorChannelInHeader,
  monitorDataAfterStart,
  monitorSocketClosedAfterStop,
  monitorStartMatchesClaim,
  monitorStartsWithKeyFrame,
  monitorStopNamesRunningStream,
  monitorStopsAfterStop,
  playbackAtMostFour,
  playbackCloseClosesSocket,
  playbackControlsNeedStart,
  playbackDataAfterStart,
  playbackEndsWithEndFlag,
  playbackFileFromSearch,
  playbackNothingAfterEnd,
  playbackOnePerChannel,
  playbackShareOneSocket,
  playbackStopKeepsSocket,
  playbackStopsAfterStop,
  playbackTimeRange,
  registrationClientAssignsId,
  registrationDeviceLogsInFirst,
  registrationRequestedBeforeClaim,
  returnCodeFitsMessage,
  returnCodeSuccessCarriesData,
  searchLogPositionsAscend,
  searchPageNotOver64,
  searchRangeSane,
  searchReplyWithinRange,
  securityAccountOperation,
  securityBlankPassword,
  securityCredentialsInConfiguration,
  securityCve20243765,
  securityDefaultPassword,
  securityFirmwareOperation,
  securityPlainPassword,
  securityPrivilegedWithoutLogin,
  securityPublishedKey,
  securityRandomUser,
  securityReadableLogin,
  securityRepeatedLoginFailures,
  securityResetOperation,
  securitySessionFromOtherHost,
  securityTelnetControl,
  securityUsersList,
  sequenceCountsUp,
  sequenceMediaCountsUp,
  sequenceMediaStartsAtOne,
  sequenceStartsAtZero,
  sequenceWrapsToZero,
  sessionControlSocketOutlivesData,
  sessionIdUnique,
  sessionLogoutBeforeClose,
  sessionLogoutOnOwnSocket,
  sessionNothingAfterForcedLogout,
  sessionNothingAfterLogout,
  sessionSurvivesAliveInterval,
  snapshotPictureOrReason,
  talkAudioAsAnnounced,
  talkChannelZero,
  talkDataAfterStart,
  talkOneAtATime,
  talkStopsAfterStop,
  transferExportWithin64k,
  upgradeAcknowledgedPacketByPacket,
  upgradeCountsBlocks,
  upgradeEndFlagOnLast,
  upgradeEndsWithResult,
  upgradeNoCancelOnceBegun,
  upgradeNotTwice,
  upgradeProgressAscends,
  upgradeProgressInRange,
  upgradeStartFirst,
  upgradeStopsAfterError,
];
