#include "shell/native/iconv_decoder.h"

#include <iconv.h>

#include <cerrno>
#include <cstdlib>

#include <utf8proc.h>

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

std::string IconvDecoder::compose(std::string_view text) {
    utf8proc_uint8_t* composed = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &composed,
                                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    std::string out = length < 0 ? std::string(text) : std::string(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(length));
    std::free(composed);
    return out;
}

}  // namespace outpost
