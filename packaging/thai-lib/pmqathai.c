/* SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where may a Thai line break? QtCore asks a library called "thai" at run time (libthai.so.0, thai.dll) and, finding
 * none, cuts Thai inside words. This one answers with the rules and the word list of pmqa_desktop/thai.py, so that
 * screen and paper agree. It holds what Qt resolves (th_brk_new, th_brk_find_breaks, th_brk_delete, th_next_cell)
 * and th_uni2tis, which Pango wants when a desktop theme shares the library by its name.
 *
 * Text comes as TIS-620 bytes, NUL-terminated: one run of Thai with the spaces, digits and marks that follow it;
 * characters that TIS-620 lacks come as 0xFF. The answer is the number of positions written, ascending, each
 * 0 < position < length. Qt forgets its own line breaks in such a run, so those after spaces are answered too.
 *
 * The word list is "thai-words.tis" beside the library: TIS-620, one word a line, sorted by byte value. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#define PUBLIC __declspec(dllexport)
#else
#include <dlfcn.h>
#define PUBLIC __attribute__((visibility("default")))
#endif

typedef unsigned char byte;

/* The sorted words: `text` holds their bytes, `word[i]` begins the i-th, `first[b]` is the first that begins with b. */
typedef struct {
    byte *text;
    byte **word;
    int count;
    int first[257];
} ThBrk;

struct thcell_t { byte base, hilo, top; };

enum {
    WORD_COST = 1000,       /* less the square of the word's length: of equally many words the longer ones win */
    LONGEST_REWARDED = 16,
    CLUSTER_COST = 2600,    /* more than two words: a word is never given up for an unknown cluster */
    MOST_MATCHES = 32,
    LONGEST_RUN = 4000,
    LARGEST_LIST = 16 << 20,
    PAIYANNOI = 0xCF, MAI_HAN_AKAT = 0xD1, SARA_I = 0xD4, SARA_U = 0xD8, SARA_AM = 0xD3, BAHT = 0xDF,
    MAI_YAMOK = 0xE6, THANTHAKHAT = 0xEC, FOREIGN = 0xFF
};

/* ---- letters ---------------------------------------------------------------------------------------------- */

static int is_consonant(byte b) { return b >= 0xA1 && b <= 0xCE; }
static int is_leading_vowel(byte b) { return b >= 0xE0 && b <= 0xE4; }
static int is_starter(byte b) { return is_consonant(b) || is_leading_vowel(b); }
static int is_mark(byte b) { return b == MAI_HAN_AKAT || (b >= 0xD4 && b <= 0xDA) || (b >= 0xE7 && b <= 0xEE); }
static int is_letter(byte b) { return b >= 0xA1 && b <= 0xEE && b != PAIYANNOI && b != MAI_YAMOK && b != BAHT; }

/* May a word begin at `at`? Never inside a cluster, never before a silenced letter. */
static int is_edge(const byte *s, int at, int size)
{
    if (at <= 0 || at >= size) return 1;
    if (!is_starter(s[at]) || is_leading_vowel(s[at - 1]) || s[at - 1] == MAI_HAN_AKAT) return 0;
    if (at + 1 < size && s[at + 1] == THANTHAKHAT) return 0;
    return !(at + 2 < size && s[at + 2] == THANTHAKHAT && (s[at + 1] == SARA_I || s[at + 1] == SARA_U));
}

/* ---- the word list ---------------------------------------------------------------------------------------- */

/* Write the path of the word list beside this library into `path`; 0 when it cannot be told. */
static int beside_library(char *path, int room)
{
    static const char name[] = "thai-words.tis";
    int end;
#ifdef _WIN32
    HMODULE self = NULL;
    DWORD how = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (!GetModuleHandleExA(how, (LPCSTR)(void *)beside_library, &self)) return 0;
    end = (int)GetModuleFileNameA(self, path, room - (int)sizeof name);
    while (end > 0 && path[end - 1] != '\\') end--;
#else
    Dl_info self;
    if (!dladdr((void *)beside_library, &self) || !self.dli_fname) return 0;
    end = snprintf(path, room - (int)sizeof name, "%s", self.dli_fname);
    if (end >= room - (int)sizeof name) return 0;
    while (end > 0 && path[end - 1] != '/') end--;
#endif
    strcpy(path + end, name);
    return 1;
}

/* Return the whole file, NUL-terminated, and its size; NULL when it is missing, too large or unreadable. */
static byte *read_file(const char *path, long *size)
{
    FILE *file = fopen(path, "rb");
    byte *text = NULL;
    if (!file) return NULL;
    if (!fseek(file, 0, SEEK_END) && (*size = ftell(file)) >= 0 && *size <= LARGEST_LIST && !fseek(file, 0, SEEK_SET))
        text = malloc((size_t)*size + 1);
    if (text && fread(text, 1, (size_t)*size, file) != (size_t)*size) {
        free(text);
        text = NULL;
    }
    fclose(file);
    if (text) text[*size] = 0;
    return text;
}

/* Cut the text into words at its line ends and note where each first byte begins. */
static int index_words(ThBrk *list, long size)
{
    int lines = 1, next = 0;
    for (long i = 0; i < size; i++) lines += list->text[i] == '\n';
    list->word = malloc(sizeof *list->word * (size_t)lines);
    if (!list->word) return 0;
    for (byte *p = list->text; p < list->text + size;) {
        byte *end = memchr(p, '\n', (size_t)(list->text + size - p));
        if (!end) end = list->text + size;
        *end = 0;
        if (end > p) list->word[list->count++] = p;
        p = end + 1;
    }
    for (int b = 0; b <= 256; b++) {
        while (next < list->count && list->word[next][0] < b) next++;
        list->first[b] = next;
    }
    return 1;
}

PUBLIC void th_brk_delete(ThBrk *list)
{
    if (!list) return;
    free(list->word);
    free(list->text);
    free(list);
}

PUBLIC ThBrk *th_brk_new(const char *path)
{
    char own[4096];
    long size = 0;
    ThBrk *list = calloc(1, sizeof *list);
    if (!list) return NULL;
    if (!path && beside_library(own, sizeof own)) path = own;
    list->text = path ? read_file(path, &size) : NULL;
    if (list->text && index_words(list, size)) return list;
    th_brk_delete(list);
    return NULL;    /* Qt then goes on as without a library */
}

/* Narrow [low, high) to the words whose byte `depth` is `wanted`. */
static void narrow(const ThBrk *list, int depth, byte wanted, int *low, int *high)
{
    int a = *low, z = *high, middle;
    while (a < z) {
        middle = (a + z) / 2;
        if (list->word[middle][depth] < wanted) a = middle + 1; else z = middle;
    }
    *low = a;
    z = *high;
    while (a < z) {
        middle = (a + z) / 2;
        if (list->word[middle][depth] <= wanted) a = middle + 1; else z = middle;
    }
    *high = a;
}

/* Write the lengths of the listed words that begin at s, ascending; return how many. */
static int matches(const ThBrk *list, const byte *s, int size, int *length)
{
    int low = list->first[s[0]], high = list->first[s[0] + 1], found = 0;
    for (int depth = 1; low < high && found < MOST_MATCHES; depth++) {
        if (!list->word[low][depth]) {
            length[found++] = depth;
            low++;
        }
        if (depth >= size) break;
        narrow(list, depth, s[depth], &low, &high);
    }
    return found;
}

/* ---- breaking --------------------------------------------------------------------------------------------- */

/* For each position of s[0..size) the length of the best word there, negative where no word explains it. */
static void best_steps(const ThBrk *list, const byte *s, int size, int *cost, int *step)
{
    int length[MOST_MATCHES];
    cost[size] = 0;
    for (int at = size - 1; at >= 0; at--) {
        int cluster = 1, found;
        while (at + cluster < size && !is_edge(s, at + cluster, size)) cluster++;
        cost[at] = CLUSTER_COST + cost[at + cluster];
        step[at] = -cluster;
        found = is_edge(s, at, size) ? matches(list, s + at, size - at, length) : 0;
        for (int i = 0; i < found; i++) {
            int end = at + length[i], rewarded = length[i] < LONGEST_REWARDED ? length[i] : LONGEST_REWARDED;
            int whole = WORD_COST - rewarded * rewarded + cost[end];
            if (!is_edge(s, end, size) || whole > cost[at]) continue;
            cost[at] = whole;
            step[at] = length[i];
        }
    }
}

/* Write the positions between two known words of a run of letters, each plus `offset`; return how many. */
static int break_run(const ThBrk *list, const byte *s, int size, int offset, int *out, int room)
{
    int wrote = 0, before = 0, *cost = malloc(sizeof *cost * 2 * ((size_t)size + 1));
    if (!cost) return 0;
    int *step = cost + size + 1;
    best_steps(list, s, size, cost, step);
    for (int at = 0; at < size;) {
        int now = step[at];
        if (before > 1 && now > 1 && wrote < room) out[wrote++] = offset + at;
        before = now;
        at += abs(now);
    }
    free(cost);
    return wrote;
}

/* May a line break before a Thai letter at `at`, after something that is neither a letter nor a space? */
static int breaks_after_sign(const byte *s, int at)
{
    byte sign = s[at - 1];
    if (!is_starter(s[at])) return 0;
    if (sign == FOREIGN) return at > 1 && is_letter(s[at - 2]);
    return sign == ')' || sign == '/' || sign == '-' || sign == '%' || sign == MAI_YAMOK || sign == PAIYANNOI;
}

/* May a line break between two characters of which the second is no Thai letter that follows a sign? */
static int breaks_between(byte before, byte after)
{
    if (before == ' ') return after != ' ' && after != MAI_YAMOK && after != PAIYANNOI;
    return after == '(';
}

PUBLIC int th_brk_find_breaks(ThBrk *list, const byte *s, int *out, size_t most)
{
    int size = (int)strlen((const char *)s), room = (int)most, wrote = 0;
    for (int at = 0; at < size && wrote < room;) {
        int end = at;
        while (end < size && is_letter(s[end]) && end - at < LONGEST_RUN) end++;
        if (at > 0 && (is_letter(s[at]) && s[at - 1] != ' ' ? breaks_after_sign(s, at) : breaks_between(s[at - 1], s[at])))
            out[wrote++] = at;
        if (end > at) wrote += break_run(list, s + at, end - at, at, out + wrote, room - wrote);
        at = end > at ? end : at + 1;
    }
    return wrote;
}

PUBLIC size_t th_next_cell(const byte *s, size_t size, struct thcell_t *cell, int am)
{
    size_t next = 1;
    (void)am;
    if (cell) {
        cell->base = size ? s[0] : 0;
        cell->hilo = cell->top = 0;
    }
    while (next < size && (is_mark(s[next]) || s[next] == SARA_AM)) next++;
    return next;
}

PUBLIC byte th_uni2tis(unsigned int character)
{
    if (character < 0x80 || character == 0xA0) return (byte)character;
    return character >= 0xE01 && character <= 0xE5B ? (byte)(character - 0xE00 + 0xA0) : FOREIGN;
}
