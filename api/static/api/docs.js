// Draws the operations from the schema. What is tried out by a member who is signed in needs the CSRF token.

const place = document.querySelector("#operations");

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  persistAuthorization: false,
  requestInterceptor(request) {
    if (request.method && request.method !== "GET") request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
