/* What League asks of GMime: a letter taken apart into headers, senders and leaves. GObject's macros cannot be called
   from Swift. */
#include <gmime/gmime.h>
#include <string.h>

/* Deeper and further leaves are not looked at; GMime itself builds at most 1,024 levels. */
enum { league_mail_depth = 30, league_mail_leaves = 200 };

typedef struct {
  /* "text/plain", in small letters. */
  char type[128];
  /* Words in UTF-8, or the bytes of a report; not ended by a zero. NULL for what is no text. */
  char *bytes;
  size_t length;
  int is_attachment;
  /* RFC 3676 */
  int is_flowed, deletes_spaces;
  /* The number of the alternatives among which it stands, from 1; 0 for none. */
  int alternatives;
} league_leaf;

typedef struct {
  GMimeMessage *message;
  league_leaf leaves[200];
  size_t count;
  int alternatives;
} league_mail;

static inline void league_keep_leaf(league_mail *mail, GMimePart *part, int alternatives) {
  GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
  league_leaf *leaf = &mail->leaves[mail->count++];
  memset(leaf, 0, sizeof *leaf);
  char *name = type ? g_mime_content_type_get_mime_type(type) : NULL;
  if (name) {
    char *small = g_ascii_strdown(name, -1);
    g_strlcpy(leaf->type, small, sizeof leaf->type);
    g_free(small);
    g_free(name);
  }
  leaf->is_attachment = g_mime_part_is_attachment(part) ? 1 : 0;
  leaf->alternatives = alternatives;
  int is_text = !strncmp(leaf->type, "text/", 5);
  int is_report = !strcmp(leaf->type, "message/delivery-status") || !strcmp(leaf->type, "message/global-delivery-status");
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (!content || !(is_text || is_report)) return;
  const char *format = g_mime_content_type_get_parameter(type, "format");
  const char *spaces = g_mime_content_type_get_parameter(type, "delsp");
  leaf->is_flowed = format && !g_ascii_strcasecmp(format, "flowed");
  leaf->deletes_spaces = spaces && !g_ascii_strcasecmp(spaces, "yes");

  GMimeStream *memory = g_mime_stream_mem_new();
  GMimeStream *stream = g_mime_stream_filter_new(memory);
  const char *charset = g_mime_content_type_get_parameter(type, "charset");
  if (is_text && charset && g_ascii_strcasecmp(charset, "utf-8")) {
    GMimeFilter *filter = g_mime_filter_charset_new(charset, "utf-8");
    if (filter) {
      g_mime_stream_filter_add(GMIME_STREAM_FILTER(stream), filter);
      g_object_unref(filter);
    }
  }
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_mime_stream_flush(stream);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  leaf->length = bytes ? bytes->len : 0;
  leaf->bytes = (char *)g_malloc(leaf->length + 1);
  if (leaf->length) memcpy(leaf->bytes, bytes->data, leaf->length);
  g_object_unref(stream);
  g_object_unref(memory);
}

/* A letter within the letter is not looked into: it is another's. */
static inline void league_walk(league_mail *mail, GMimeObject *object, int depth, int alternatives) {
  if (!object || depth > league_mail_depth || mail->count >= league_mail_leaves) return;
  if (GMIME_IS_MULTIPART(object)) {
    GMimeContentType *type = g_mime_object_get_content_type(object);
    if (type && g_mime_content_type_is_type(type, "multipart", "alternative")) alternatives = ++mail->alternatives;
    int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
    for (int i = 0; i < count && i < league_mail_leaves; i++)
      league_walk(mail, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), depth + 1, alternatives);
  } else if (GMIME_IS_PART(object)) {
    league_keep_leaf(mail, GMIME_PART(object), alternatives);
  }
}

/* NULL when it is no letter; else to be given to league_mail_free. */
static inline league_mail *league_mail_read(const char *bytes, size_t length) {
  g_mime_init();
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  g_object_unref(parser);
  g_object_unref(stream);
  if (!message) return NULL;
  league_mail *mail = (league_mail *)g_malloc0(sizeof(league_mail));
  mail->message = message;
  league_walk(mail, g_mime_message_get_mime_part(message), 0, 0);
  return mail;
}

static inline void league_mail_free(league_mail *mail) {
  for (size_t i = 0; i < mail->count; i++) g_free(mail->leaves[i].bytes);
  g_object_unref(mail->message);
  g_free(mail);
}

static inline int league_mail_headers(const league_mail *mail) {
  return g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(mail->message)));
}

/* Name and value of a header, from 0, the top one first; both belong to the letter. NULL where there is none. */
static inline const char *league_mail_header(const league_mail *mail, int index, const char **value) {
  GMimeHeader *header = g_mime_header_list_get_header_at(g_mime_object_get_header_list(GMIME_OBJECT(mail->message)), index);
  *value = header ? g_mime_header_get_value(header) : NULL;
  return header ? g_mime_header_get_name(header) : NULL;
}

/* The addresses in From, from 0; NULL behind the last, and for what is no mailbox. */
static inline int league_mail_senders(const league_mail *mail) {
  InternetAddressList *list = g_mime_message_get_from(mail->message);
  return list ? internet_address_list_length(list) : 0;
}

static inline const char *league_mail_sender(const league_mail *mail, int index) {
  InternetAddress *address = internet_address_list_get_address(g_mime_message_get_from(mail->message), index);
  return address && INTERNET_ADDRESS_IS_MAILBOX(address) ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)) : NULL;
}
