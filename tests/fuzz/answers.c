/* Any bytes as the answer of a web service: no crash, no leak, and a tree that holds together whenever they are read.
 */
#include "decoded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static mn_reader *const readers[] = {mn_read_xml};
    read_decoded((struct mn_slice){(const char *)data, size}, false, readers, sizeof readers / sizeof *readers);
    return 0;
}
