#include "shell/native/iconv_decoder.h"

#include <iconv.h>

#include <cerrno>

namespace outpost {

bool IconvDecoder::decode(std::string_view encoding, ByteView bytes, std::string& out) {
    // Browsers mean Microsoft's sets by these labels, which have more characters.
    if (encoding == "shift_jis") encoding = "CP932";
    if (encoding == "euc-kr") encoding = "CP949";
    const iconv_t converter = ::iconv_open("UTF-8", std::string(encoding).c_str());
    if (converter == reinterpret_cast<iconv_t>(-1)) return false;
    out.clear();
    // iconv takes a pointer to mutable bytes but does not write to them.
    char* in = const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));
    std::size_t left = bytes.size();
    char buffer[16384];
    while (left > 0) {
        char* to = buffer;
        std::size_t room = sizeof buffer;
        const std::size_t done = ::iconv(converter, &in, &left, &to, &room);
        out.append(buffer, sizeof buffer - room);
        if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        out += "\xEF\xBF\xBD";  // U+FFFD for what is malformed or cut off
        if (left > 0) ++in, --left;
    }
    ::iconv_close(converter);
    return true;
}

}  // namespace outpost
