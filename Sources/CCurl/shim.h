/* What League asks of libcurl. curl_easy_setopt takes any type and so cannot be called from Swift. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  /* smtp://host:port or smtps://host:port */
  const char *url;
  /* NULL: without signing in. */
  const char *user, *password;
  /* The file of the authorities that are believed; NULL: the system's. */
  const char *authorities;
  /* CURLUSESSL_ALL, CURLUSESSL_TRY or CURLUSESSL_NONE */
  long tls;
  /* Milliseconds until the server must have answered, and for all of it. */
  long connect_timeout, timeout;
  /* The envelope; without a recipient the server is only greeted and signed in to. */
  const char *sender, *recipient;
  const char *text;
  size_t length;
} league_letter;

typedef struct {
  CURLcode code;
  /* The server's last answer: its number, 0 for none, and its words. */
  long status;
  char words[512];
} league_answer;

typedef struct { const char *text; size_t left; } league_reading;

static inline size_t league_read(char *into, size_t size, size_t count, void *context) {
  league_reading *reading = (league_reading *)context;
  size_t length = size * count < reading->left ? size * count : reading->left;
  memcpy(into, reading->text, length);
  reading->text += length;
  reading->left -= length;
  return length;
}

/* Keeps the last line that the server said, or its first refusal: after one libcurl says goodbye, and is answered. */
static inline size_t league_hear(char *line, size_t size, size_t count, void *context) {
  char *words = (char *)context;
  size_t length = size * count < 511 ? size * count : 511;
  if (words[0] == '4' || words[0] == '5') return size * count;
  memcpy(words, line, length);
  words[length] = 0;
  return size * count;
}

static inline league_answer league_send(const league_letter *letter) {
  league_answer answer = {CURLE_FAILED_INIT, 0, ""};
  CURL *curl = curl_easy_init();
  if (!curl) return answer;
  league_reading reading = {letter->text, letter->length};
  struct curl_slist *recipients = letter->recipient ? curl_slist_append(NULL, letter->recipient) : NULL;
  curl_easy_setopt(curl, CURLOPT_URL, letter->url);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USE_SSL, letter->tls);
  if (letter->authorities) curl_easy_setopt(curl, CURLOPT_CAINFO, letter->authorities);
  if (letter->user) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, letter->user);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, letter->password ? letter->password : "");
  }
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, letter->connect_timeout);
  curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, letter->connect_timeout < 1000 ? 1L : letter->connect_timeout / 1000);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, letter->timeout);
  if (letter->recipient) {
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, letter->sender);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  } else {
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
  }
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, league_read);
  curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, league_hear);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer.words);
  answer.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_slist_free_all(recipients);
  curl_easy_cleanup(curl);
  return answer;
}

/* The file of the system's authorities; NULL when libcurl was built without one. */
static inline const char *league_authorities(void) { return curl_version_info(CURLVERSION_NOW)->cainfo; }

/* One request over https, its answer kept in memory; never led elsewhere. */
typedef struct {
  const char *url;
  /* What is posted, as a form; NULL: nothing, by GET. */
  const char *form;
  /* "name:password" in the header Authorization; NULL: none. */
  const char *basic;
  /* Milliseconds for all of it, and the most bytes that are read. */
  long timeout;
  size_t most;
  /* Whether it may go unencrypted. */
  int plain;
} league_request;

typedef struct {
  CURLcode code;
  long status;
  /* To be freed by the caller. */
  char *bytes;
  size_t length, most;
} league_response;

static inline size_t league_keep(char *bytes, size_t size, size_t count, void *context) {
  league_response *response = (league_response *)context;
  size_t length = size * count;
  if (length > response->most - response->length) return 0;
  char *longer = (char *)realloc(response->bytes, response->length + length + 1);
  if (!longer) return 0;
  response->bytes = longer;
  memcpy(longer + response->length, bytes, length);
  response->length += length;
  return length;
}

static inline league_response league_fetch(const league_request *request) {
  league_response response = {CURLE_FAILED_INIT, 0, NULL, 0, request->most};
  CURL *curl = curl_easy_init();
  if (!curl) return response;
  struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, request->url);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, request->plain ? "http,https" : "https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request->timeout);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (request->form) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->form);
  if (request->basic) {
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERPWD, request->basic);
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, league_keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &response);
  response.code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response.status);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return response;
}
