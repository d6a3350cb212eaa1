/**
 * Sign-in events: they start a session, and neither read nor change a resource.
 *
 * AWS Sign-In user guide and IAM Identity Center user guide, "Logging … with AWS CloudTrail".
 */

/**
 * All events of this service are sign-in events: ConsoleLogin, CheckMfa, SwitchRole, ExitRole,
 * PasswordRecoveryRequested, …
 */
export const SIGN_IN_SERVICE = 'signin.amazonaws.com';

/** The source of a regular expression for the names of such events in any service. */
export const SIGN_IN_NAMES =
  '^(ConsoleLogin|CheckMfa|GetSigninToken|(Switch|Exit|Renew)Role|PasswordRecovery\\w+|PasswordUpdated|CredentialChallenge|CredentialVerification|UserAuthentication|Authenticate|Federate|Logout)$';

const IS_NAME = new RegExp(SIGN_IN_NAMES);

/** Whether the event is a sign-in event. */
export function isSignIn(eventSource: string, eventName: string): boolean {
  return eventSource === SIGN_IN_SERVICE || IS_NAME.test(eventName);
}
