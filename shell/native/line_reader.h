// LineReader: the lines of a file or pipe, and whether another one is there already, so that whoever answers them knows
// when somebody waits. Called by: the native shell's execute command.
#pragma once

#include <string>

namespace outpost {

class LineReader {
public:
    explicit LineReader(int file) : file_(file) {}
    // Waits for the next line, which comes without its end. False when there is none any more.
    bool next(std::string& line);
    // A whole line can be had without waiting.
    bool has_next();

private:
    std::size_t line_end();   // npos: what was read so far is not a whole line
    bool read_more();         // false at the end, or when reading fails

    int file_;
    std::string read_;
    std::size_t begin_ = 0, searched_ = 0;   // of the next line; as far as there is no end of it
    bool at_end_ = false;
};

}  // namespace outpost
