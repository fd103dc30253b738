// Error and Result: how expected failure travels. A broken invariant is OUTPOST_ASSERT, kept in release.
// An Error carries a code (Salesforce's name where it has one), the place, and a message-catalogue key with
// arguments, so that it can be shown in the person's language. Called by: everything that may fail.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace outpost {

enum class ErrorCode {
    RequiredFieldMissing,
    InvalidField,
    InvalidType,
    StringTooLong,
    InvalidEmailAddress,
    NumberOutsideValidRange,
    InvalidPicklistValue,      // INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
    DuplicateValue,
    DuplicatesDetected,
    FieldCustomValidation,     // FIELD_CUSTOM_VALIDATION_EXCEPTION
    EntityIsDeleted,
    InvalidCrossReferenceKey,
    CannotUpdateConvertedLead,
    MalformedQuery,
    MalformedId,
    StorageLimitExceeded,
    StorageFailure,            // our own: the disk refused or gave back damaged bytes
    JsonParserError,
    UnknownCommand,
    InvalidArgument,
    NothingToUndo,
    FieldIntegrity,            // FIELD_INTEGRITY_EXCEPTION: a rule between fields or records is broken
    InvalidFile,               // an import file that can't be read
    Cancelled,
};

// "REQUIRED_FIELD_MISSING" and so on.
std::string_view to_text(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::InvalidArgument;
    std::string message_key;             // key in the catalogue, e.g. "error.required_field"
    std::vector<std::string> arguments;  // for {0}, {1} ... of the message
    std::string object = {};             // API name, "" when not about one
    std::string field = {};              // API name, "" when not about one
    int position = -1;                   // character offset in a query or file, -1 when it has none
    int part = -1;                       // which command of a batch, from 0; -1 when it is no batch
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }
inline std::unexpected<Error> fail(ErrorCode code, std::string message_key, std::vector<std::string> arguments = {}) {
    return std::unexpected<Error>(Error{code, std::move(message_key), std::move(arguments)});
}

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace outpost

#define OUTPOST_ASSERT(expression) \
    ((expression) ? void(0) : ::outpost::assertion_failed(#expression, __FILE__, __LINE__))

// Gives the value of a Result, or returns its error from the calling function.
#define OUTPOST_CONCAT_(a, b) a##b
#define OUTPOST_CONCAT(a, b) OUTPOST_CONCAT_(a, b)
#define OUTPOST_TRY(declaration, expression)                                                     \
    auto OUTPOST_CONCAT(try_result_, __LINE__) = (expression);                                   \
    if (!OUTPOST_CONCAT(try_result_, __LINE__))                                                  \
        return std::unexpected(std::move(OUTPOST_CONCAT(try_result_, __LINE__)).error());        \
    declaration = *std::move(OUTPOST_CONCAT(try_result_, __LINE__))
#define OUTPOST_CHECK(expression)                                                    \
    do {                                                                             \
        auto check_result = (expression);                                            \
        if (!check_result) return std::unexpected(std::move(check_result).error());  \
    } while (false)
