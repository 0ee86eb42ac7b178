// Package alert keeps saved searches and tells others of the articles that they find.
//
// A run notes every article that it is about to add or to change, before it is in the
// index (Book.Note). After the run, and after the next one where a run was cut off, each
// saved search is asked for these articles; what it finds becomes messages in the same
// step that forgets the notes (Book.Match). Messages wait until they are delivered
// (Book.Deliver).
//
// What is promised: an article that a run put into the index is matched once against
// every alert there is then, whenever the program is killed. A message to a file is
// written once. A message to an address is sent until it is answered with a status from
// 200 to 299, for at most three days; it is sent twice only where the answer was lost or
// the program was killed before it could note it, and then under the same webhook-id,
// by which the receiver tells it. Of an alert at most MaxWaiting messages wait; what does
// not fit is counted as lost.
package alert
