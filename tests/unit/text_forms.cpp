// Texts whose accents are characters of their own, as macOS and PDF files have them, are the texts that a keyboard types.
#include <doctest/doctest.h>

#include "core/transfer/encoding.h"

#ifndef __EMSCRIPTEN__
#include "shell/native/iconv_decoder.h"

using namespace outpost;

TEST_CASE("text forms: a file's texts are composed, whatever it is encoded in") {
    IconvDecoder decoder;
    const auto read = [&](std::string bytes, std::string_view encoding = "") {
        const auto decoded = decode_text(std::move(bytes), encoding, &decoder);
        return decoded ? decoded->text : std::string("refused");
    };
    CHECK(read("Name\nCafe\xCC\x81 Mu\xCC\x88ller\n") == "Name\nCafé Müller\n");
    CHECK(read("Name,City\nfar in an ASCII file stands one,Ko\xCC\x88ln\n") == "Name,City\nfar in an ASCII file stands one,Köln\n");
    CHECK(read("\xE3\x81\x8B\xE3\x82\x99") == "\xE3\x81\x8C");                              // か and its voice mark
    CHECK(read("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB") == "\xED\x95\x9C");                  // 한 in its three parts
    CHECK(read("\xE3\x82\xAB\xCD\xBE") == "\xE3\x82\xAB\xCD\xBE");                          // beside them nothing is touched
    CHECK(read(std::string("e\0\x01\x03", 4), "utf-16le") == "é");
}

TEST_CASE("text forms: composing keeps what has no other form, a first U+FEFF and what is no text") {
    IconvDecoder decoder;
    CHECK(decoder.compose("Ann \xEF\xBB\xBF 张伟 🙂") == "Ann \xEF\xBB\xBF 张伟 🙂");
    CHECK(decoder.compose("") == "");
    CHECK(decoder.compose("bad \xFF") == "bad \xFF");
}
#endif
