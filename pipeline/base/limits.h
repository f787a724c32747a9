/* The caps on documents and rules, with their reasons; what bounds the work of one search stands where that is. Going
 * over one is a named outcome (MN_OVER_LIMIT, MN_OVER_TIME), never a truncation, unless it says otherwise. The first
 * seven are what one document may cost: options of the program set them. */
#ifndef MN_BASE_LIMITS_H
#define MN_BASE_LIMITS_H

/* Source bytes of one document. The longest published minutes seen are under 2 MiB; offsets are held in 32 bits and a
 * document's layers take up to about twenty times its text, sixty times where each line of 25 bytes is a finding, and
 * a hundred where each sentence is a word. */
#define MN_LIMIT_DOCUMENT_BYTES ((size_t)64 << 20)

/* Office documents are zip archives. What is read of one unpacks to so many bytes at most: the largest minutes seen
 * have under 4 MB of XML; a bomb of 64 MiB could have 64 GiB. Archives of more entries than this hold no text. */
#define MN_LIMIT_PACKAGE_BYTES ((size_t)256 << 20)
#define MN_LIMIT_PACKAGE_ENTRIES 20000

/* Bytes that a container may expand to for each of its own, once it has given MN_LIMIT_RATIO_FREE. Archives of pages
 * that all look alike reach 100; gzip bombs reach 1,000 and zstd's far more, and take minutes to be passed over. */
#define MN_LIMIT_RATIO ((size_t)400)
#define MN_LIMIT_RATIO_FREE ((uint64_t)64 << 20)

/* Containers that lie in one another: a crawl holds zip files, an archive of years holds one of each month; what lies
 * deeper is a mistake or a bomb. The option goes up to MN_MOST_CONTAINER_NESTING: each that is open takes some MB. */
#define MN_LIMIT_CONTAINER_NESTING 2
#define MN_MOST_CONTAINER_NESTING 8

/* Blocks of one document: paragraphs, headings, items, cells and what holds them. Each takes 68 bytes, and a block
 * may be two bytes of the source, or less where a cell is repeated. Real documents have at most one for every eleven
 * bytes of their source; this is twenty times what the longest would have by that. */
#define MN_LIMIT_BLOCKS ((size_t)1 << 22)

/* Tokens of one document. One of the largest size has 13 million; one of single signs only would have 64 million, and
 * take minutes and gigabytes. */
#define MN_LIMIT_TOKENS ((size_t)1 << 25)

/* Seconds that one document may take. The longest real ones take one; a document of the largest size takes a minute or
 * two, more where the machine has other things to do. */
#define MN_LIMIT_SECONDS 600

/* Bytes of one sentence. A "sentence" longer than this is a table or a dump without punctuation; it is cut at the
 * nearest space before the limit, so that matching works on scopes of bounded size. Nothing is lost by the cut. */
#define MN_LIMIT_SENTENCE_BYTES ((size_t)8192)

/* Bytes of one token: a longer run of letters is no word (base64, a damaged file) and is cut. */
#define MN_LIMIT_TOKEN_BYTES ((size_t)255)

/* Open elements of an HTML page or of document XML that are remembered: deeper elements are read as if they stood
 * directly in the deepest one remembered. Real pages stay under 60. */
#define MN_LIMIT_NESTING 256

/* Bytes of one tag, comment or CDATA section of document XML. libxml2's pull reader takes quadratic time for their
 * length; what stands in attributes are names, numbers and normalised values. */
#define MN_LIMIT_MARKUP_BYTES ((size_t)256 << 10)

/* Bytes of one document in document XML, all its layers with their markup. Real documents that have gone through all
 * stages take five times their text, nine times at the most. */
#define MN_LIMIT_DOCUMENT_XML_BYTES (16 * MN_LIMIT_DOCUMENT_BYTES)

/* Elements with attributes of one document in document XML: blocks, spans, their fields, findings, facts. Each takes
 * fifty bytes or more, so that a file of empty elements would fill the memory. As many as blocks, but no option sets
 * it: what has more goes through `extract` only. */
#define MN_LIMIT_DOCUMENT_ELEMENTS MN_LIMIT_BLOCKS

/* Different roles of the sections of one document in document XML. Rules give a dozen; they are looked through one by
 * one. */
#define MN_LIMIT_ROLES 1000

/* Distinct word forms a thread remembers between documents before it starts again with an empty table. Each takes some
 * 340 bytes; 25 MB of minutes hold 44 thousand, so that a form is analysed again once in ten million bytes. */
#define MN_LIMIT_FORMS ((size_t)1 << 15)

/* Columns that one cell may cover, or times that an empty one may be repeated: no page has more. */
#define MN_LIMIT_OFFICE_SPAN 64

/* What minutiae-pdf may use for one document. Real reports take 60 MB of address space and a tenth of a second, and
 * have under 100 pages with 5 kB of text each. The time is processor time; whoever waits for the answer gives up after
 * MN_LIMIT_PDF_WAIT times as long, for the machine may have other things to do. */
#define MN_LIMIT_PDF_MEMORY ((size_t)1 << 30)
#define MN_LIMIT_PDF_SECONDS 60
#define MN_LIMIT_PDF_WAIT 5
#define MN_LIMIT_PDF_PAGES 20000
#define MN_LIMIT_PDF_TEXT_BYTES ((size_t)32 << 20)

/* Bytes of its answer: each word comes with thirty bytes of place and font. */
#define MN_LIMIT_PDF_ANSWER_BYTES ((size_t)512 << 20)

/* Bytes of the head of a WARC record, and of the HTTP head in it. Servers send no more than 16 KiB. */
#define MN_LIMIT_HEAD_BYTES (64 << 10)

/* Bytes of a file of metadata: a million rows of a long line each. It is held in memory. */
#define MN_LIMIT_METADATA_BYTES ((size_t)512 << 20)

/* Rule files are untrusted too. */
#define MN_LIMIT_RULE_FILE_BYTES ((size_t)16 << 20)
#define MN_LIMIT_RULE_FILES 1000
#define MN_LIMIT_RULE_SET_BYTES ((size_t)64 << 20) /* of all rule files and lists together */
#define MN_LIMIT_RULES 20000
#define MN_LIMIT_TOKEN_CLASSES 128 /* one bit each in every form's analysis */
/* A bit each in every distinct analysis of a form; alternatives beyond them are tried one by one. */
#define MN_LIMIT_TEST_SETS 8191
#define MN_LIMIT_PATTERN_STATES 20000 /* after bounded repetition is written out */
#define MN_LIMIT_PATTERN_NESTING 64

/* Entries of all lexicons together. Each takes up to 300 bytes; the names of all places of a country are under 100,000.
 */
#define MN_LIMIT_LEXICON_ENTRIES 1000000

/* States of all patterns of a rule set together: 28 bytes each in memory, where a file of 5 kB can ask for hundreds of
 * patterns of the largest size. The shipped rules take 115 thousand. */
#define MN_LIMIT_RULE_SET_STATES 4000000

#define MN_LIMIT_REPEAT 200
#define MN_LIMIT_CAPTURES 24
#define MN_LIMIT_LOOK_TOKENS 32 /* longest text a look-around may need */

/* PCRE2 match limit for one token class or furniture line. */
#define MN_LIMIT_PCRE_STEPS 10000

#endif
