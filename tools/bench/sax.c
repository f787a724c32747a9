/* sax FOLDER: libxml2's HTML parser alone over each file of FOLDER, through SAX with handlers that only count: what
 * reading HTML with it costs at the least. */
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t elements, bytes;

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    (void)context, (void)name, (void)attributes;
    elements++;
}

static void on_text(void *context, const xmlChar *text, int size)
{
    (void)context, (void)text;
    bytes += (size_t)size;
}

static void on_error(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static int parse(const char *path)
{
    static char buffer[1 << 24];
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t size = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    htmlSAXHandler handler = {.startElement = on_start, .characters = on_text, .error = on_error, .warning = on_error};
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser)
        return 0;
    htmlParseChunk(parser, buffer, (int)size, 1);
    htmlFreeParserCtxt(parser);
    return 1;
}

int main(int count, char **arguments)
{
    char path[4096];
    size_t files = 0;
    DIR *folder = count == 2 ? opendir(arguments[1]) : NULL;
    if (!folder)
        return 2;
    for (struct dirent *entry; (entry = readdir(folder));) {
        snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        files += entry->d_name[0] != '.' && parse(path);
    }
    closedir(folder);
    printf("%zu files, %zu elements, %zu bytes of text\n", files, elements, bytes);
    return 0;
}
