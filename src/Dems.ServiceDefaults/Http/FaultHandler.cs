using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dems.ServiceDefaults.Http;

/// <summary>Exceptions that reached the edge: the caller learns whose fault it was and whether to try again, the log learns the rest.</summary>
internal sealed class FaultHandler(ILogger<FaultHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Nobody waits for an answer any more.
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        await Map(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem Map(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return Problems.BadRequest(bad.StatusCode, bad.Message);
        }

        log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        return exception is TimeoutException
            ? Problems.Unavailable("The member did not answer in time. Nothing is known about the outcome; asking or sending again is safe.")
            : Problems.Fault();
    }
}
