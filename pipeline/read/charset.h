/* Bytes to UTF-8. The charset is, in this order: what a byte-order mark says; what the transport header says; what the
 * document declares (<meta>, XML declaration); what the bytes look like: UTF-8 if they are mostly valid UTF-8, UTF-16
 * if every other byte is NUL, else windows-1252. Labels mean what the WHATWG Encoding Standard says ("iso-8859-1" is
 * windows-1252). One deviation, with a notice: text that declares itself windows-1252, but is valid UTF-8 beyond ASCII,
 * is UTF-8: pages are often converted by those who save them, and what they declare is not. Control characters from
 * U+0080 to U+009F are what windows-1252 has in these places: they come from taking that for iso-8859-1. */
#ifndef MN_READ_CHARSET_H
#define MN_READ_CHARSET_H

#include "document/document.h"

/* Decodes `bytes`. Sets source.charset and source.charset_basis; adds notices: one that counts bytes which are no text
 * in the charset (each becomes U+FFFD) with the offset of the first, one for NUL bytes (dropped), one for a charset
 * that is unknown or that is overruled. `transport` may be null. `*text` borrows from `bytes` where nothing had to be
 * changed, else lives in the document's arena. */
enum mn_status mn_charset_decode(struct mn_slice bytes, const char *transport, bool is_html,
                                 struct mn_document *document, struct mn_slice *text, struct mn_error *error);

/* What windows-1252 has at a byte from 0x80 to 0x9F; 0 for the five that it leaves open. */
int32_t mn_charset_windows_1252(unsigned char byte);

#endif
