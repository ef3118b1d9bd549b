/* core/engine/vcard: a table of cards as they are met, and what is read of them; and complaints. */
#include <string.h>

#include "base/memory.h"
#include "core/failing.h"
#include "engine/vcard.h"
#include "support/unit.h"

/* One property a line: [GROUP.]NAME[;PARAMETER=value]… = value, behind it the parts when they are
 * several: " [a|b]"; a card begins with "card VERSION". */
static void append_property(struct text *out, const struct vcard_property *property) {
  text_format(out, "%s%s%s", property->group ? property->group : "", property->group ? "." : "",
              property->name);
  for (size_t i = 0; i < property->parameters.count; i++) {
    const struct vcard_parameter *parameter = list_at(&property->parameters, i);
    text_format(out, ";%s=%s", parameter->name, parameter->value);
  }
  text_format(out, " = %s%s", property->binary ? "binary " : "", property->value);
  for (size_t i = 0; property->parts.count > 1 && i < property->parts.count; i++)
    text_format(out, "%s%s", i ? "|" : " [", *(char **)list_at(&property->parts, i));
  text_append(out, property->parts.count > 1 ? "]\n" : "\n");
}

static char *read_all(const char *bytes, size_t length) {
  struct vcard_reader *reader = NULL;
  const struct vcard *card = NULL;
  struct error err = {0};
  struct text out = {0};
  assert_true(vcard_open(&reader, bytes, length, &err));
  for (;;) {
    if (!vcard_next(reader, &card, &err)) {
      assert_int_equal(err.code, ERROR_DATA);
      text_format(&out, "! %s\n", err.message);
      continue;
    }
    if (!card)
      break;
    text_format(&out, "card %s\n", card->version);
    for (size_t i = 0; i < card->properties.count; i++)
      append_property(&out, list_at(&card->properties, i));
  }
  vcard_close(reader);
  char *taken = text_take(&out, &err);
  assert_non_null(taken);
  return taken;
}

static const struct {
  const char *what, *written, *read;
} cases[] = {
    {"3.0 as RFC 2426 has it",
     "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Frank Dawson\r\nORG:Lotus Development Corporation\r\n"
     "EMAIL;TYPE=INTERNET,PREF:frank@lotus.example\r\nEND:VCARD\r\n",                                                                    "card 3.0\nFN = Frank Dawson\nORG = Lotus Development Corporation\n"
     "EMAIL;TYPE=INTERNET;TYPE=PREF = frank@lotus.example\n"                                                                                      },
    {"4.0 with a group, a URI and quoted parameters (RFC 6350)",
     "BEGIN:VCARD\nVERSION:4.0\nitem1.TEL;VALUE=uri;TYPE=\"voice,home\":tel:+1-555-555\n"
     "ADR;LABEL=\"Main St; 12:3\":;;12 Main St.;Town;;;\nEND:VCARD\n",                                                                   "card 4.0\nITEM1.TEL;VALUE=uri;TYPE=voice,home = tel:+1-555-555\n"
     "ADR;LABEL=Main St; 12:3 = ;;12 Main St.;Town;;; [||12 Main St.|Town|||]\n"                                                                 },
    {"folded lines lose end and one blank (RFC 2425, 5.8.1)",
     "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:This is a long descrip\r\n tion that exists o\r\n\tn a "
     "long "
     "line.\r\nEND:VCARD\r\n",                                                                                                           "card 3.0\nNOTE = This is a long description that exists on a long line.\n"   },
    {"a letter of two bytes folded in its middle",
     "BEGIN:VCARD\nVERSION:4.0\nFN:\xD0\n \x96\xD1\x83\xD0\xBA\nEND:VCARD\n",                                                            "card 4.0\nFN = Жук\n"                                                     },
    {"2.1 keeps the blank of a fold",                            "BEGIN:VCARD\nVERSION:2.1\nNOTE:two\n words\nEND:VCARD\n",
     "card 2.1\nNOTE = two words\n"                                                                                                                                                                                    },
    {"2.1 with bare types",                                      "BEGIN:VCARD\nVERSION:2.1\nTEL;WORK;VOICE:+7 495 1234567\nEND:VCARD\n",
     "card 2.1\nTEL;TYPE=WORK;TYPE=VOICE = +7 495 1234567\n"                                                                                                                                                           },
    {"2.1 in quoted-printable UTF-8",
     "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9F=D0=B5=D1=82=D1=80"
     "=D0=BE=D0=B2;=D0=98=D0=B2=D0=B0=D0=BD;;;\nEND:VCARD\n",                                                                            "card 2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE = Петров;Иван;;; "
     "[Петров|Иван|||]\n"                                                                                                                       },
    {"quoted-printable over several lines",
     "BEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:one =\ntwo=0D=0Athree=\n\nEND:VCARD\n",                                            "card 2.1\nNOTE;ENCODING=QUOTED-PRINTABLE = one two\nthree\n"                 },
    {"quoted-printable in windows-1251",
     "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=E5=F2=F0=EE="
     "E2\nEND:VCARD\n",                                                                                                                  "card 2.1\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE = Петров\n"},
    {"bytes of CP1251 with their charset",
     "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=CP1251:\xCF\xE5\xF2\xF0\xEE\xE2\nEND:VCARD\n",                                                "card 2.1\nFN;CHARSET=CP1251 = Петров\n"                                },
    {"a file of CP1251 that does not say so",
     "BEGIN:VCARD\nVERSION:2.1\nFN:\xCF\xE5\xF2\xF0\xEE\xE2 \xC8\xE2\xE0\xED\n"
     "ORG:\xCE\xCE\xCE \xD0\xEE\xEC\xE0\xF8\xEA\xE0\nEND:VCARD\n",                                                                       "card 2.1\nFN = Петров Иван\nORG = ООО Ромашка\n"         },
    {"escapes of 3.0 and 4.0",
     "BEGIN:VCARD\nVERSION:3.0\nNOTE:one\\ntwo\\, three\\; four \\\\ "
     "five\nORG:A\\;B;C\nEND:VCARD\n",                                                                                                   "card 3.0\nNOTE = one\ntwo, three; four \\ five\nORG = A;B;C [A;B|C]\n"       },
    {"a backslash of 2.1 is a backslash",                        "BEGIN:VCARD\nVERSION:2.1\nNOTE:C:\\new\\;x\nEND:VCARD\n",
     "card 2.1\nNOTE = C:\\new;x\n"                                                                                                                                                                                    },
    {"parameters of RFC 6868",
     "BEGIN:VCARD\nVERSION:4.0\nGEO;X-ADDRESS=\"1^nMain ^'St^' ^^\":geo:1\nEND:VCARD\n",                                                 "card 4.0\nGEO;X-ADDRESS=1\nMain \"St\" ^ = geo:1\n"                          },
    {"photos stay as they are",
     "BEGIN:VCARD\nVERSION:2.1\nPHOTO;JPEG;BASE64:\n /9j/4AA\n Qf/Z\n\nFN:A\nEND:VCARD\n",                                               "card 2.1\nPHOTO;TYPE=JPEG;ENCODING=BASE64 = binary /9j/4AAQf/Z\nFN = A\n"    },
    {"several cards, blank lines, any case, lone CR",
     "\n\nbegin:vcard\rversion:4.0\rfn:One\rend:VCard\r\r\rBEGIN:VCARD\rVERSION:3.0\rFN:Two\r"
     "END:VCARD",                                                                                                                        "card 4.0\nFN = One\ncard 3.0\nFN = Two\n"                                    },
    {"a byte order mark",
     "\xEF\xBB\xBF"
     "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n",                                                                                      "card 3.0\nFN = A\n"                                                          },
    {"a card in a card",
     "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Help\nEND:VCARD\nTEL:1\nEND:"
     "VCARD\n",                                                                                                                          "card 2.1\nFN = Boss\nAGENT = \nAGENT.FN = Help\nTEL = 1\n"                   },
    {"no version",                                               "BEGIN:VCARD\nFN:A\nEND:VCARD\n",                                       "card \nFN = A\n"                                                             },
    {"a value may hold colons and be empty",
     "BEGIN:VCARD\nVERSION:3.0\nURL:http://a.b:8\nNOTE:\nEND:VCARD\n",                                                                   "card 3.0\nURL = http://a.b:8\nNOTE = \n"                                     },
    {"a quote that nobody closes",                               "BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=\"work:12\nEND:VCARD\n",
     "card 3.0\nTEL;TYPE=work = 12\n"                                                                                                                                                                                  },
    {"nothing",                                                  "",                                                                     ""                                                                            },
 /* complaints: the line, and the next card is read */
    {"a line without a colon",
     "BEGIN:VCARD\nVERSION:3.0\nFN Ivan\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",                                                     "! line 3: 'FN Ivan' is no property: NAME:value\ncard \nFN = B\n"             },
    {"a property outside of a card",                             "FN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
     "! line 1: 'FN:A' stands outside of a card; BEGIN:VCARD comes first\ncard \nFN = B\n"                                                                                                                             },
    {"a card never ended",                                       "\nBEGIN:VCARD\nFN:A\n",
     "! line 2: the card that begins here is never ended: END:VCARD is missing\n"                                                                                                                                      },
    {"a version nobody knows",                                   "BEGIN:VCARD\nVERSION:5.0\nFN:A\nEND:VCARD\n",
     "! line 2: version '5.0' of vCard is not known; 2.1, 3.0 and 4.0 are\n"                                                                                                                                           },
    {"a charset nobody knows",                                   "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=klingon:A\nEND:VCARD\n",
     "! line 3: "                                                                                                                                                                                                      },
    {"no quoted-printable",                                      "BEGIN:VCARD\nVERSION:2.1\nFN;QUOTED-PRINTABLE:=ZZ\nEND:VCARD\n",
     "! line 3: '=ZZ' is no quoted-printable: '=' and two digits\n"                                                                                                                                                    },
    {"the line counts folds and soft breaks",
     "BEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:a=\nb\nX:1\n 2\nFN\nEND:VCARD\n",                                                  "! line 7: 'FN' is no property: NAME:value\n"                                 },
};

static void every_card_of_the_table_is_read_as_it_says(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *read = read_all(cases[i].written, strlen(cases[i].written));
    bool open_end = strcmp(cases[i].read, "! line 3: ") == 0; /* the rest is another's message */
    bool same = open_end ? strncmp(read, cases[i].read, strlen(cases[i].read)) == 0
                         : strcmp(read, cases[i].read) == 0;
    if (!same)
      print_error("%s:\n%s---\n%s---\n", cases[i].what, read, cases[i].read);
    assert_true(same);
    memory_free(read);
  }
}

static void a_file_in_utf16_is_read(void **state) {
  static const char text[] = "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\n";
  char wide[2 * sizeof text] = {'\xFF', '\xFE'};
  (void)state;
  for (size_t i = 0; i + 1 < sizeof text; i++)
    wide[2 + 2 * i] = text[i];
  char *read = read_all(wide, 2 * sizeof text);
  assert_string_equal(read, "card 3.0\nFN = A\n");
  memory_free(read);
}

static void a_nul_byte_is_complained_about(void **state) {
  static const char text[] = "BEGIN:VCARD\nFN:A\0B\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD\n";
  (void)state;
  char *read = read_all(text, sizeof text - 1);
  assert_string_equal(read, "! line 2: a NUL byte; this is no text\ncard \nFN = C\n");
  memory_free(read);
}

static void too_many_properties_are_refused(void **state) {
  struct text text = {0};
  (void)state;
  text_append(&text, "BEGIN:VCARD\n");
  text_append_repeat(&text, "TEL:1\n", VCARD_PROPERTIES_MAX + 1);
  text_append(&text, "END:VCARD\n");
  char *read = read_all(text.data, text.length);
  assert_string_equal(read, "! line 1002: more than 1000 properties in one card\n");
  memory_free(read);
  text_release(&text);
}

static bool read_one(struct error *err) {
  static const char text[] =
      "BEGIN:VCARD\nVERSION:2.1\nA.N;TYPE=x;CHARSET=cp1251;QUOTED-PRINTABLE:=CF;b\n"
      "PHOTO;B:AA\nEND:VCARD\n";
  struct vcard_reader *reader = NULL;
  const struct vcard *card = NULL;
  if (!vcard_open(&reader, text, sizeof text - 1, err))
    return false;
  bool done = vcard_next(reader, &card, err);
  vcard_close(reader);
  return done;
}

static void lack_of_memory_is_an_error(void **state) {
  (void)state;
  assert_true(failing_count(read_one) > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_card_of_the_table_is_read_as_it_says),
      cmocka_unit_test(a_file_in_utf16_is_read),
      cmocka_unit_test(a_nul_byte_is_complained_about),
      cmocka_unit_test(too_many_properties_are_refused),
      cmocka_unit_test(lack_of_memory_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
